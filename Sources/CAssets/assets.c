// Written by bin/assets: do not edit.
#include "CAssets.h"

static const unsigned char file0[] = {
#embed "scripts/copy-button.js" if_empty(0)
};
static const unsigned char file1[] = {
#embed "scripts/dialog-links.js" if_empty(0)
};
static const unsigned char file2[] = {
#embed "scripts/document-drop.js" if_empty(0)
};
static const unsigned char file3[] = {
#embed "scripts/prompt-preview.js" if_empty(0)
};
static const unsigned char file4[] = {
#embed "scripts/refreshing-part.js" if_empty(0)
};
static const unsigned char file5[] = {
#embed "scripts/times.js" if_empty(0)
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
#embed "styles/project.css" if_empty(0)
};
static const unsigned char file11[] = {
#embed "styles/tokens.css" if_empty(0)
};
static const unsigned char file12[] = {
#embed "styles/toolset.css" if_empty(0)
};
static const unsigned char file13[] = {
#embed "templates/access/audit.mustache" if_empty(0)
};
static const unsigned char file14[] = {
#embed "templates/access/keys.mustache" if_empty(0)
};
static const unsigned char file15[] = {
#embed "templates/access/member.mustache" if_empty(0)
};
static const unsigned char file16[] = {
#embed "templates/access/members.mustache" if_empty(0)
};
static const unsigned char file17[] = {
#embed "templates/access/secret.mustache" if_empty(0)
};
static const unsigned char file18[] = {
#embed "templates/account.mustache" if_empty(0)
};
static const unsigned char file19[] = {
#embed "templates/confirm.mustache" if_empty(0)
};
static const unsigned char file20[] = {
#embed "templates/environment/entries.mustache" if_empty(0)
};
static const unsigned char file21[] = {
#embed "templates/environment/list.mustache" if_empty(0)
};
static const unsigned char file22[] = {
#embed "templates/environment/new.mustache" if_empty(0)
};
static const unsigned char file23[] = {
#embed "templates/environment/show.mustache" if_empty(0)
};
static const unsigned char file24[] = {
#embed "templates/layout.mustache" if_empty(0)
};
static const unsigned char file25[] = {
#embed "templates/parts/area.mustache" if_empty(0)
};
static const unsigned char file26[] = {
#embed "templates/parts/fault.mustache" if_empty(0)
};
static const unsigned char file27[] = {
#embed "templates/parts/field.mustache" if_empty(0)
};
static const unsigned char file28[] = {
#embed "templates/parts/time.mustache" if_empty(0)
};
static const unsigned char file29[] = {
#embed "templates/parts/toolset-header.mustache" if_empty(0)
};
static const unsigned char file30[] = {
#embed "templates/problem.mustache" if_empty(0)
};
static const unsigned char file31[] = {
#embed "templates/prompt/list.mustache" if_empty(0)
};
static const unsigned char file32[] = {
#embed "templates/prompt/show.mustache" if_empty(0)
};
static const unsigned char file33[] = {
#embed "templates/resource/list.mustache" if_empty(0)
};
static const unsigned char file34[] = {
#embed "templates/resource/show.mustache" if_empty(0)
};
static const unsigned char file35[] = {
#embed "templates/sign-in/key.mustache" if_empty(0)
};
static const unsigned char file36[] = {
#embed "templates/sign-in/link.mustache" if_empty(0)
};
static const unsigned char file37[] = {
#embed "templates/source/deployment.mustache" if_empty(0)
};
static const unsigned char file38[] = {
#embed "templates/source/deployments.mustache" if_empty(0)
};
static const unsigned char file39[] = {
#embed "templates/source/document.mustache" if_empty(0)
};
static const unsigned char file40[] = {
#embed "templates/source/list.mustache" if_empty(0)
};
static const unsigned char file41[] = {
#embed "templates/source/tools.mustache" if_empty(0)
};
static const unsigned char file42[] = {
#embed "templates/source/upload.mustache" if_empty(0)
};
static const unsigned char file43[] = {
#embed "templates/toolset/list.mustache" if_empty(0)
};
static const unsigned char file44[] = {
#embed "templates/toolset/tools.mustache" if_empty(0)
};
static const unsigned char file45[] = {
#embed "templates/variation/edit.mustache" if_empty(0)
};
static const unsigned char file46[] = {
#embed "templates/variation/list.mustache" if_empty(0)
};

static const struct slipway_asset assets[] = {
    {"scripts/copy-button.js", file0, sizeof file0},
    {"scripts/dialog-links.js", file1, sizeof file1},
    {"scripts/document-drop.js", file2, sizeof file2},
    {"scripts/prompt-preview.js", file3, sizeof file3},
    {"scripts/refreshing-part.js", file4, sizeof file4},
    {"scripts/times.js", file5, sizeof file5},
    {"styles/base.css", file6, sizeof file6},
    {"styles/components.css", file7, sizeof file7},
    {"styles/layers.css", file8, sizeof file8},
    {"styles/layout.css", file9, sizeof file9},
    {"styles/project.css", file10, sizeof file10},
    {"styles/tokens.css", file11, sizeof file11},
    {"styles/toolset.css", file12, sizeof file12},
    {"templates/access/audit.mustache", file13, sizeof file13},
    {"templates/access/keys.mustache", file14, sizeof file14},
    {"templates/access/member.mustache", file15, sizeof file15},
    {"templates/access/members.mustache", file16, sizeof file16},
    {"templates/access/secret.mustache", file17, sizeof file17},
    {"templates/account.mustache", file18, sizeof file18},
    {"templates/confirm.mustache", file19, sizeof file19},
    {"templates/environment/entries.mustache", file20, sizeof file20},
    {"templates/environment/list.mustache", file21, sizeof file21},
    {"templates/environment/new.mustache", file22, sizeof file22},
    {"templates/environment/show.mustache", file23, sizeof file23},
    {"templates/layout.mustache", file24, sizeof file24},
    {"templates/parts/area.mustache", file25, sizeof file25},
    {"templates/parts/fault.mustache", file26, sizeof file26},
    {"templates/parts/field.mustache", file27, sizeof file27},
    {"templates/parts/time.mustache", file28, sizeof file28},
    {"templates/parts/toolset-header.mustache", file29, sizeof file29},
    {"templates/problem.mustache", file30, sizeof file30},
    {"templates/prompt/list.mustache", file31, sizeof file31},
    {"templates/prompt/show.mustache", file32, sizeof file32},
    {"templates/resource/list.mustache", file33, sizeof file33},
    {"templates/resource/show.mustache", file34, sizeof file34},
    {"templates/sign-in/key.mustache", file35, sizeof file35},
    {"templates/sign-in/link.mustache", file36, sizeof file36},
    {"templates/source/deployment.mustache", file37, sizeof file37},
    {"templates/source/deployments.mustache", file38, sizeof file38},
    {"templates/source/document.mustache", file39, sizeof file39},
    {"templates/source/list.mustache", file40, sizeof file40},
    {"templates/source/tools.mustache", file41, sizeof file41},
    {"templates/source/upload.mustache", file42, sizeof file42},
    {"templates/toolset/list.mustache", file43, sizeof file43},
    {"templates/toolset/tools.mustache", file44, sizeof file44},
    {"templates/variation/edit.mustache", file45, sizeof file45},
    {"templates/variation/list.mustache", file46, sizeof file46},
};

const struct slipway_asset *slipway_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
