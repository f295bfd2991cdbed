// Written by bin/assets: do not edit.
#include "CAssets.h"

static const unsigned char file0[] = {
#embed "scripts/copy-button.js" if_empty(0)
};
static const unsigned char file1[] = {
#embed "scripts/dialog-links.js" if_empty(0)
};
static const unsigned char file2[] = {
#embed "scripts/times.js" if_empty(0)
};
static const unsigned char file3[] = {
#embed "styles/base.css" if_empty(0)
};
static const unsigned char file4[] = {
#embed "styles/components.css" if_empty(0)
};
static const unsigned char file5[] = {
#embed "styles/layers.css" if_empty(0)
};
static const unsigned char file6[] = {
#embed "styles/layout.css" if_empty(0)
};
static const unsigned char file7[] = {
#embed "styles/tokens.css" if_empty(0)
};
static const unsigned char file8[] = {
#embed "styles/toolset.css" if_empty(0)
};
static const unsigned char file9[] = {
#embed "templates/account.mustache" if_empty(0)
};
static const unsigned char file10[] = {
#embed "templates/layout.mustache" if_empty(0)
};
static const unsigned char file11[] = {
#embed "templates/parts/area.mustache" if_empty(0)
};
static const unsigned char file12[] = {
#embed "templates/parts/fault.mustache" if_empty(0)
};
static const unsigned char file13[] = {
#embed "templates/parts/field.mustache" if_empty(0)
};
static const unsigned char file14[] = {
#embed "templates/parts/time.mustache" if_empty(0)
};
static const unsigned char file15[] = {
#embed "templates/parts/toolset-header.mustache" if_empty(0)
};
static const unsigned char file16[] = {
#embed "templates/problem.mustache" if_empty(0)
};
static const unsigned char file17[] = {
#embed "templates/sign-in/key.mustache" if_empty(0)
};
static const unsigned char file18[] = {
#embed "templates/sign-in/link.mustache" if_empty(0)
};
static const unsigned char file19[] = {
#embed "templates/toolset/list.mustache" if_empty(0)
};
static const unsigned char file20[] = {
#embed "templates/toolset/tools.mustache" if_empty(0)
};

static const struct slipway_asset assets[] = {
    {"scripts/copy-button.js", file0, sizeof file0},
    {"scripts/dialog-links.js", file1, sizeof file1},
    {"scripts/times.js", file2, sizeof file2},
    {"styles/base.css", file3, sizeof file3},
    {"styles/components.css", file4, sizeof file4},
    {"styles/layers.css", file5, sizeof file5},
    {"styles/layout.css", file6, sizeof file6},
    {"styles/tokens.css", file7, sizeof file7},
    {"styles/toolset.css", file8, sizeof file8},
    {"templates/account.mustache", file9, sizeof file9},
    {"templates/layout.mustache", file10, sizeof file10},
    {"templates/parts/area.mustache", file11, sizeof file11},
    {"templates/parts/fault.mustache", file12, sizeof file12},
    {"templates/parts/field.mustache", file13, sizeof file13},
    {"templates/parts/time.mustache", file14, sizeof file14},
    {"templates/parts/toolset-header.mustache", file15, sizeof file15},
    {"templates/problem.mustache", file16, sizeof file16},
    {"templates/sign-in/key.mustache", file17, sizeof file17},
    {"templates/sign-in/link.mustache", file18, sizeof file18},
    {"templates/toolset/list.mustache", file19, sizeof file19},
    {"templates/toolset/tools.mustache", file20, sizeof file20},
};

const struct slipway_asset *slipway_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
