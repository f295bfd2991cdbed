#ifndef SLIPWAY_CASSETS_H
#define SLIPWAY_CASSETS_H

#include <stddef.h>

/// A file that is part of the program.
struct slipway_asset {
    /// Its path under Sources/CAssets: "styles/tokens.css".
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// Every file, in the order of their names.
const struct slipway_asset *slipway_assets(size_t *count);

#endif
