#pragma once

#include "map/brain_map.h"
#include "network/network.h"

#include <memory>

namespace cortograph {

/// The network that a map was trained with, and how its tokens were extracted.
struct MapNetwork {
  std::unique_ptr<const Network> network;
  TokenSettings tokens;
};

/// Returns how the map's tokens were extracted. Throws Error{notFound} when the map records no
/// network, Error{mismatch} when its recorded layers do not match its number of layers.
[[nodiscard]] TokenSettings tokenSettingsOf(const BrainMap& map);

/// Opens the map's network: `given`, or, where its spec is empty, the one whose path the map
/// records. Properties that `given` leaves open are taken from the map. Throws Error{mismatch} when
/// the weights' hash differs from the map's, Error{notFound} when the map records no network,
/// Error{unsupported} when the map was not trained on images.
[[nodiscard]] MapNetwork openMapNetwork(const BrainMap& map,
                                        const NetworkSource& given,
                                        torch::Device device,
                                        const CancelToken& cancel);

} // namespace cortograph
