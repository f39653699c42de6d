#pragma once

#include "map/brain_map.h"
#include "network/network.h"

#include <memory>

namespace cortograph {

/// The network that a map was trained with, and how its tokens were taken.
struct MapNetwork {
  std::unique_ptr<const Network> network;
  TokenSettings tokens;
};

/// How the map's tokens were taken. Throws Error{notFound} when it records no network,
/// Error{mismatch} when its layers don't agree.
[[nodiscard]] TokenSettings tokenSettingsOf(const BrainMap& map);

/// `given`, where its spec is empty the network whose path the map records; what `given` leaves
/// open is as the map records it. Throws Error{mismatch} when the weights' hash is not the map's,
/// Error{notFound} when the map records no network, Error{unsupported} when it was not trained on
/// images.
[[nodiscard]] MapNetwork
openMapNetwork(const BrainMap& map, const NetworkSource& given, torch::Device device);

} // namespace cortograph
