// Written by bin/assets: do not edit.
#include "CAssets.h"

static const unsigned char file0[] = {
#embed "scripts/copy-button.js" if_empty(0)
};
static const unsigned char file1[] = {
#embed "scripts/dialog-links.js" if_empty(0)
};
static const unsigned char file2[] = {
#embed "scripts/live-search.js" if_empty(0)
};
static const unsigned char file3[] = {
#embed "scripts/ticks.js" if_empty(0)
};
static const unsigned char file4[] = {
#embed "scripts/times.js" if_empty(0)
};
static const unsigned char file5[] = {
#embed "scripts/toolset-forms.js" if_empty(0)
};
static const unsigned char file6[] = {
#embed "styles/base.css" if_empty(0)
};
static const unsigned char file7[] = {
#embed "styles/components.css" if_empty(0)
};
static const unsigned char file8[] = {
#embed "styles/layers.css" if_empty(0)
};
static const unsigned char file9[] = {
#embed "styles/layout.css" if_empty(0)
};
static const unsigned char file10[] = {
#embed "styles/tokens.css" if_empty(0)
};
static const unsigned char file11[] = {
#embed "styles/tools.css" if_empty(0)
};
static const unsigned char file12[] = {
#embed "styles/toolset.css" if_empty(0)
};
static const unsigned char file13[] = {
#embed "templates/account.mustache" if_empty(0)
};
static const unsigned char file14[] = {
#embed "templates/layout.mustache" if_empty(0)
};
static const unsigned char file15[] = {
#embed "templates/parts/area.mustache" if_empty(0)
};
static const unsigned char file16[] = {
#embed "templates/parts/fault.mustache" if_empty(0)
};
static const unsigned char file17[] = {
#embed "templates/parts/field.mustache" if_empty(0)
};
static const unsigned char file18[] = {
#embed "templates/parts/filters.mustache" if_empty(0)
};
static const unsigned char file19[] = {
#embed "templates/parts/pager.mustache" if_empty(0)
};
static const unsigned char file20[] = {
#embed "templates/parts/select.mustache" if_empty(0)
};
static const unsigned char file21[] = {
#embed "templates/parts/time.mustache" if_empty(0)
};
static const unsigned char file22[] = {
#embed "templates/parts/toolset-header.mustache" if_empty(0)
};
static const unsigned char file23[] = {
#embed "templates/problem.mustache" if_empty(0)
};
static const unsigned char file24[] = {
#embed "templates/sign-in/key.mustache" if_empty(0)
};
static const unsigned char file25[] = {
#embed "templates/sign-in/link.mustache" if_empty(0)
};
static const unsigned char file26[] = {
#embed "templates/toolset/add-tools.mustache" if_empty(0)
};
static const unsigned char file27[] = {
#embed "templates/toolset/edit-tool.mustache" if_empty(0)
};
static const unsigned char file28[] = {
#embed "templates/toolset/editing-mode.mustache" if_empty(0)
};
static const unsigned char file29[] = {
#embed "templates/toolset/environment.mustache" if_empty(0)
};
static const unsigned char file30[] = {
#embed "templates/toolset/list.mustache" if_empty(0)
};
static const unsigned char file31[] = {
#embed "templates/toolset/new.mustache" if_empty(0)
};
static const unsigned char file32[] = {
#embed "templates/toolset/parts.mustache" if_empty(0)
};
static const unsigned char file33[] = {
#embed "templates/toolset/settings.mustache" if_empty(0)
};
static const unsigned char file34[] = {
#embed "templates/toolset/tools.mustache" if_empty(0)
};

static const struct slipway_asset assets[] = {
    {"scripts/copy-button.js", file0, sizeof file0},
    {"scripts/dialog-links.js", file1, sizeof file1},
    {"scripts/live-search.js", file2, sizeof file2},
    {"scripts/ticks.js", file3, sizeof file3},
    {"scripts/times.js", file4, sizeof file4},
    {"scripts/toolset-forms.js", file5, sizeof file5},
    {"styles/base.css", file6, sizeof file6},
    {"styles/components.css", file7, sizeof file7},
    {"styles/layers.css", file8, sizeof file8},
    {"styles/layout.css", file9, sizeof file9},
    {"styles/tokens.css", file10, sizeof file10},
    {"styles/tools.css", file11, sizeof file11},
    {"styles/toolset.css", file12, sizeof file12},
    {"templates/account.mustache", file13, sizeof file13},
    {"templates/layout.mustache", file14, sizeof file14},
    {"templates/parts/area.mustache", file15, sizeof file15},
    {"templates/parts/fault.mustache", file16, sizeof file16},
    {"templates/parts/field.mustache", file17, sizeof file17},
    {"templates/parts/filters.mustache", file18, sizeof file18},
    {"templates/parts/pager.mustache", file19, sizeof file19},
    {"templates/parts/select.mustache", file20, sizeof file20},
    {"templates/parts/time.mustache", file21, sizeof file21},
    {"templates/parts/toolset-header.mustache", file22, sizeof file22},
    {"templates/problem.mustache", file23, sizeof file23},
    {"templates/sign-in/key.mustache", file24, sizeof file24},
    {"templates/sign-in/link.mustache", file25, sizeof file25},
    {"templates/toolset/add-tools.mustache", file26, sizeof file26},
    {"templates/toolset/edit-tool.mustache", file27, sizeof file27},
    {"templates/toolset/editing-mode.mustache", file28, sizeof file28},
    {"templates/toolset/environment.mustache", file29, sizeof file29},
    {"templates/toolset/list.mustache", file30, sizeof file30},
    {"templates/toolset/new.mustache", file31, sizeof file31},
    {"templates/toolset/parts.mustache", file32, sizeof file32},
    {"templates/toolset/settings.mustache", file33, sizeof file33},
    {"templates/toolset/tools.mustache", file34, sizeof file34},
};

const struct slipway_asset *slipway_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
