// Written by bin/assets: do not edit.
#include "CAssets.h"

static const unsigned char file0[] = {
#embed "scripts/call-history.js" if_empty(0)
};
static const unsigned char file1[] = {
#embed "scripts/copy-button.js" if_empty(0)
};
static const unsigned char file2[] = {
#embed "scripts/dialog-links.js" if_empty(0)
};
static const unsigned char file3[] = {
#embed "scripts/in-place-forms.js" if_empty(0)
};
static const unsigned char file4[] = {
#embed "scripts/submit-on-change.js" if_empty(0)
};
static const unsigned char file5[] = {
#embed "scripts/times.js" if_empty(0)
};
static const unsigned char file6[] = {
#embed "styles/base.css" if_empty(0)
};
static const unsigned char file7[] = {
#embed "styles/calls.css" if_empty(0)
};
static const unsigned char file8[] = {
#embed "styles/components.css" if_empty(0)
};
static const unsigned char file9[] = {
#embed "styles/install.css" if_empty(0)
};
static const unsigned char file10[] = {
#embed "styles/layers.css" if_empty(0)
};
static const unsigned char file11[] = {
#embed "styles/layout.css" if_empty(0)
};
static const unsigned char file12[] = {
#embed "styles/playground.css" if_empty(0)
};
static const unsigned char file13[] = {
#embed "styles/tokens.css" if_empty(0)
};
static const unsigned char file14[] = {
#embed "styles/toolset.css" if_empty(0)
};
static const unsigned char file15[] = {
#embed "templates/account.mustache" if_empty(0)
};
static const unsigned char file16[] = {
#embed "templates/calls/page.mustache" if_empty(0)
};
static const unsigned char file17[] = {
#embed "templates/install/absent.mustache" if_empty(0)
};
static const unsigned char file18[] = {
#embed "templates/install/layout.mustache" if_empty(0)
};
static const unsigned char file19[] = {
#embed "templates/install/page.mustache" if_empty(0)
};
static const unsigned char file20[] = {
#embed "templates/layout.mustache" if_empty(0)
};
static const unsigned char file21[] = {
#embed "templates/parts/area.mustache" if_empty(0)
};
static const unsigned char file22[] = {
#embed "templates/parts/argument.mustache" if_empty(0)
};
static const unsigned char file23[] = {
#embed "templates/parts/fault.mustache" if_empty(0)
};
static const unsigned char file24[] = {
#embed "templates/parts/field.mustache" if_empty(0)
};
static const unsigned char file25[] = {
#embed "templates/parts/time.mustache" if_empty(0)
};
static const unsigned char file26[] = {
#embed "templates/parts/toolset-header.mustache" if_empty(0)
};
static const unsigned char file27[] = {
#embed "templates/playground/chat.mustache" if_empty(0)
};
static const unsigned char file28[] = {
#embed "templates/playground/page.mustache" if_empty(0)
};
static const unsigned char file29[] = {
#embed "templates/playground/result.mustache" if_empty(0)
};
static const unsigned char file30[] = {
#embed "templates/problem.mustache" if_empty(0)
};
static const unsigned char file31[] = {
#embed "templates/sign-in/key.mustache" if_empty(0)
};
static const unsigned char file32[] = {
#embed "templates/sign-in/link.mustache" if_empty(0)
};
static const unsigned char file33[] = {
#embed "templates/toolset/list.mustache" if_empty(0)
};
static const unsigned char file34[] = {
#embed "templates/toolset/tools.mustache" if_empty(0)
};

static const struct slipway_asset assets[] = {
    {"scripts/call-history.js", file0, sizeof file0},
    {"scripts/copy-button.js", file1, sizeof file1},
    {"scripts/dialog-links.js", file2, sizeof file2},
    {"scripts/in-place-forms.js", file3, sizeof file3},
    {"scripts/submit-on-change.js", file4, sizeof file4},
    {"scripts/times.js", file5, sizeof file5},
    {"styles/base.css", file6, sizeof file6},
    {"styles/calls.css", file7, sizeof file7},
    {"styles/components.css", file8, sizeof file8},
    {"styles/install.css", file9, sizeof file9},
    {"styles/layers.css", file10, sizeof file10},
    {"styles/layout.css", file11, sizeof file11},
    {"styles/playground.css", file12, sizeof file12},
    {"styles/tokens.css", file13, sizeof file13},
    {"styles/toolset.css", file14, sizeof file14},
    {"templates/account.mustache", file15, sizeof file15},
    {"templates/calls/page.mustache", file16, sizeof file16},
    {"templates/install/absent.mustache", file17, sizeof file17},
    {"templates/install/layout.mustache", file18, sizeof file18},
    {"templates/install/page.mustache", file19, sizeof file19},
    {"templates/layout.mustache", file20, sizeof file20},
    {"templates/parts/area.mustache", file21, sizeof file21},
    {"templates/parts/argument.mustache", file22, sizeof file22},
    {"templates/parts/fault.mustache", file23, sizeof file23},
    {"templates/parts/field.mustache", file24, sizeof file24},
    {"templates/parts/time.mustache", file25, sizeof file25},
    {"templates/parts/toolset-header.mustache", file26, sizeof file26},
    {"templates/playground/chat.mustache", file27, sizeof file27},
    {"templates/playground/page.mustache", file28, sizeof file28},
    {"templates/playground/result.mustache", file29, sizeof file29},
    {"templates/problem.mustache", file30, sizeof file30},
    {"templates/sign-in/key.mustache", file31, sizeof file31},
    {"templates/sign-in/link.mustache", file32, sizeof file32},
    {"templates/toolset/list.mustache", file33, sizeof file33},
    {"templates/toolset/tools.mustache", file34, sizeof file34},
};

const struct slipway_asset *slipway_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
