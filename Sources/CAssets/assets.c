// Written by bin/assets: do not edit.
#include "CAssets.h"

static const unsigned char file0[] = {
#embed "scripts/copy-button.js" if_empty(0)
};
static const unsigned char file1[] = {
#embed "scripts/definitions.js" if_empty(0)
};
static const unsigned char file2[] = {
#embed "scripts/dialog-links.js" if_empty(0)
};
static const unsigned char file3[] = {
#embed "scripts/merge.js" if_empty(0)
};
static const unsigned char file4[] = {
#embed "scripts/review.js" if_empty(0)
};
static const unsigned char file5[] = {
#embed "scripts/times.js" if_empty(0)
};
static const unsigned char file6[] = {
#embed "styles/base.css" if_empty(0)
};
static const unsigned char file7[] = {
#embed "styles/changes.css" if_empty(0)
};
static const unsigned char file8[] = {
#embed "styles/components.css" if_empty(0)
};
static const unsigned char file9[] = {
#embed "styles/layers.css" if_empty(0)
};
static const unsigned char file10[] = {
#embed "styles/layout.css" if_empty(0)
};
static const unsigned char file11[] = {
#embed "styles/releases.css" if_empty(0)
};
static const unsigned char file12[] = {
#embed "styles/review.css" if_empty(0)
};
static const unsigned char file13[] = {
#embed "styles/staging.css" if_empty(0)
};
static const unsigned char file14[] = {
#embed "styles/tokens.css" if_empty(0)
};
static const unsigned char file15[] = {
#embed "styles/toolset.css" if_empty(0)
};
static const unsigned char file16[] = {
#embed "templates/account.mustache" if_empty(0)
};
static const unsigned char file17[] = {
#embed "templates/changes/item.mustache" if_empty(0)
};
static const unsigned char file18[] = {
#embed "templates/layout.mustache" if_empty(0)
};
static const unsigned char file19[] = {
#embed "templates/parts/area.mustache" if_empty(0)
};
static const unsigned char file20[] = {
#embed "templates/parts/change.mustache" if_empty(0)
};
static const unsigned char file21[] = {
#embed "templates/parts/changes.mustache" if_empty(0)
};
static const unsigned char file22[] = {
#embed "templates/parts/checks.mustache" if_empty(0)
};
static const unsigned char file23[] = {
#embed "templates/parts/fault.mustache" if_empty(0)
};
static const unsigned char file24[] = {
#embed "templates/parts/field.mustache" if_empty(0)
};
static const unsigned char file25[] = {
#embed "templates/parts/lines.mustache" if_empty(0)
};
static const unsigned char file26[] = {
#embed "templates/parts/release-actions.mustache" if_empty(0)
};
static const unsigned char file27[] = {
#embed "templates/parts/time.mustache" if_empty(0)
};
static const unsigned char file28[] = {
#embed "templates/parts/toolset-header.mustache" if_empty(0)
};
static const unsigned char file29[] = {
#embed "templates/parts/verdicts.mustache" if_empty(0)
};
static const unsigned char file30[] = {
#embed "templates/parts/words.mustache" if_empty(0)
};
static const unsigned char file31[] = {
#embed "templates/problem.mustache" if_empty(0)
};
static const unsigned char file32[] = {
#embed "templates/releases/activate.mustache" if_empty(0)
};
static const unsigned char file33[] = {
#embed "templates/releases/compare.mustache" if_empty(0)
};
static const unsigned char file34[] = {
#embed "templates/releases/list.mustache" if_empty(0)
};
static const unsigned char file35[] = {
#embed "templates/releases/roll-back.mustache" if_empty(0)
};
static const unsigned char file36[] = {
#embed "templates/releases/show.mustache" if_empty(0)
};
static const unsigned char file37[] = {
#embed "templates/review/show.mustache" if_empty(0)
};
static const unsigned char file38[] = {
#embed "templates/sign-in/key.mustache" if_empty(0)
};
static const unsigned char file39[] = {
#embed "templates/sign-in/link.mustache" if_empty(0)
};
static const unsigned char file40[] = {
#embed "templates/staging/merge.mustache" if_empty(0)
};
static const unsigned char file41[] = {
#embed "templates/staging/replace.mustache" if_empty(0)
};
static const unsigned char file42[] = {
#embed "templates/toolset/list.mustache" if_empty(0)
};
static const unsigned char file43[] = {
#embed "templates/toolset/tools.mustache" if_empty(0)
};

static const struct slipway_asset assets[] = {
    {"scripts/copy-button.js", file0, sizeof file0},
    {"scripts/definitions.js", file1, sizeof file1},
    {"scripts/dialog-links.js", file2, sizeof file2},
    {"scripts/merge.js", file3, sizeof file3},
    {"scripts/review.js", file4, sizeof file4},
    {"scripts/times.js", file5, sizeof file5},
    {"styles/base.css", file6, sizeof file6},
    {"styles/changes.css", file7, sizeof file7},
    {"styles/components.css", file8, sizeof file8},
    {"styles/layers.css", file9, sizeof file9},
    {"styles/layout.css", file10, sizeof file10},
    {"styles/releases.css", file11, sizeof file11},
    {"styles/review.css", file12, sizeof file12},
    {"styles/staging.css", file13, sizeof file13},
    {"styles/tokens.css", file14, sizeof file14},
    {"styles/toolset.css", file15, sizeof file15},
    {"templates/account.mustache", file16, sizeof file16},
    {"templates/changes/item.mustache", file17, sizeof file17},
    {"templates/layout.mustache", file18, sizeof file18},
    {"templates/parts/area.mustache", file19, sizeof file19},
    {"templates/parts/change.mustache", file20, sizeof file20},
    {"templates/parts/changes.mustache", file21, sizeof file21},
    {"templates/parts/checks.mustache", file22, sizeof file22},
    {"templates/parts/fault.mustache", file23, sizeof file23},
    {"templates/parts/field.mustache", file24, sizeof file24},
    {"templates/parts/lines.mustache", file25, sizeof file25},
    {"templates/parts/release-actions.mustache", file26, sizeof file26},
    {"templates/parts/time.mustache", file27, sizeof file27},
    {"templates/parts/toolset-header.mustache", file28, sizeof file28},
    {"templates/parts/verdicts.mustache", file29, sizeof file29},
    {"templates/parts/words.mustache", file30, sizeof file30},
    {"templates/problem.mustache", file31, sizeof file31},
    {"templates/releases/activate.mustache", file32, sizeof file32},
    {"templates/releases/compare.mustache", file33, sizeof file33},
    {"templates/releases/list.mustache", file34, sizeof file34},
    {"templates/releases/roll-back.mustache", file35, sizeof file35},
    {"templates/releases/show.mustache", file36, sizeof file36},
    {"templates/review/show.mustache", file37, sizeof file37},
    {"templates/sign-in/key.mustache", file38, sizeof file38},
    {"templates/sign-in/link.mustache", file39, sizeof file39},
    {"templates/staging/merge.mustache", file40, sizeof file40},
    {"templates/staging/replace.mustache", file41, sizeof file41},
    {"templates/toolset/list.mustache", file42, sizeof file42},
    {"templates/toolset/tools.mustache", file43, sizeof file43},
};

const struct slipway_asset *slipway_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
