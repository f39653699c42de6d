#include "network/demo_vit.h"
