// Written by bin/assets: do not edit.
#include "CAssets.h"

static const unsigned char file0[] = {
#embed "scripts/call-history.js" if_empty(0)
};
static const unsigned char file1[] = {
#embed "scripts/copy-button.js" if_empty(0)
};
static const unsigned char file2[] = {
#embed "scripts/current-item.js" if_empty(0)
};
static const unsigned char file3[] = {
#embed "scripts/definitions.js" if_empty(0)
};
static const unsigned char file4[] = {
#embed "scripts/dialog-links.js" if_empty(0)
};
static const unsigned char file5[] = {
#embed "scripts/document-drop.js" if_empty(0)
};
static const unsigned char file6[] = {
#embed "scripts/in-place-forms.js" if_empty(0)
};
static const unsigned char file7[] = {
#embed "scripts/live-search.js" if_empty(0)
};
static const unsigned char file8[] = {
#embed "scripts/menus.js" if_empty(0)
};
static const unsigned char file9[] = {
#embed "scripts/merge.js" if_empty(0)
};
static const unsigned char file10[] = {
#embed "scripts/prompt-preview.js" if_empty(0)
};
static const unsigned char file11[] = {
#embed "scripts/refreshing-part.js" if_empty(0)
};
static const unsigned char file12[] = {
#embed "scripts/review.js" if_empty(0)
};
static const unsigned char file13[] = {
#embed "scripts/submit-on-change.js" if_empty(0)
};
static const unsigned char file14[] = {
#embed "scripts/ticks.js" if_empty(0)
};
static const unsigned char file15[] = {
#embed "scripts/times.js" if_empty(0)
};
static const unsigned char file16[] = {
#embed "scripts/toolset-forms.js" if_empty(0)
};
static const unsigned char file17[] = {
#embed "styles/base.css" if_empty(0)
};
static const unsigned char file18[] = {
#embed "styles/calls.css" if_empty(0)
};
static const unsigned char file19[] = {
#embed "styles/changes.css" if_empty(0)
};
static const unsigned char file20[] = {
#embed "styles/components.css" if_empty(0)
};
static const unsigned char file21[] = {
#embed "styles/install.css" if_empty(0)
};
static const unsigned char file22[] = {
#embed "styles/layers.css" if_empty(0)
};
static const unsigned char file23[] = {
#embed "styles/layout.css" if_empty(0)
};
static const unsigned char file24[] = {
#embed "styles/playground.css" if_empty(0)
};
static const unsigned char file25[] = {
#embed "styles/project.css" if_empty(0)
};
static const unsigned char file26[] = {
#embed "styles/releases.css" if_empty(0)
};
static const unsigned char file27[] = {
#embed "styles/review.css" if_empty(0)
};
static const unsigned char file28[] = {
#embed "styles/staging.css" if_empty(0)
};
static const unsigned char file29[] = {
#embed "styles/tokens.css" if_empty(0)
};
static const unsigned char file30[] = {
#embed "styles/tools.css" if_empty(0)
};
static const unsigned char file31[] = {
#embed "styles/toolset.css" if_empty(0)
};
static const unsigned char file32[] = {
#embed "templates/access/audit.mustache" if_empty(0)
};
static const unsigned char file33[] = {
#embed "templates/access/keys.mustache" if_empty(0)
};
static const unsigned char file34[] = {
#embed "templates/access/member.mustache" if_empty(0)
};
static const unsigned char file35[] = {
#embed "templates/access/members.mustache" if_empty(0)
};
static const unsigned char file36[] = {
#embed "templates/access/secret.mustache" if_empty(0)
};
static const unsigned char file37[] = {
#embed "templates/account.mustache" if_empty(0)
};
static const unsigned char file38[] = {
#embed "templates/calls/page.mustache" if_empty(0)
};
static const unsigned char file39[] = {
#embed "templates/changes/item.mustache" if_empty(0)
};
static const unsigned char file40[] = {
#embed "templates/confirm.mustache" if_empty(0)
};
static const unsigned char file41[] = {
#embed "templates/environment/entries.mustache" if_empty(0)
};
static const unsigned char file42[] = {
#embed "templates/environment/list.mustache" if_empty(0)
};
static const unsigned char file43[] = {
#embed "templates/environment/needs.mustache" if_empty(0)
};
static const unsigned char file44[] = {
#embed "templates/environment/new.mustache" if_empty(0)
};
static const unsigned char file45[] = {
#embed "templates/environment/show.mustache" if_empty(0)
};
static const unsigned char file46[] = {
#embed "templates/install/absent.mustache" if_empty(0)
};
static const unsigned char file47[] = {
#embed "templates/install/layout.mustache" if_empty(0)
};
static const unsigned char file48[] = {
#embed "templates/install/page.mustache" if_empty(0)
};
static const unsigned char file49[] = {
#embed "templates/layout.mustache" if_empty(0)
};
static const unsigned char file50[] = {
#embed "templates/parts/area.mustache" if_empty(0)
};
static const unsigned char file51[] = {
#embed "templates/parts/argument.mustache" if_empty(0)
};
static const unsigned char file52[] = {
#embed "templates/parts/change.mustache" if_empty(0)
};
static const unsigned char file53[] = {
#embed "templates/parts/changes.mustache" if_empty(0)
};
static const unsigned char file54[] = {
#embed "templates/parts/check-details.mustache" if_empty(0)
};
static const unsigned char file55[] = {
#embed "templates/parts/checks.mustache" if_empty(0)
};
static const unsigned char file56[] = {
#embed "templates/parts/fault.mustache" if_empty(0)
};
static const unsigned char file57[] = {
#embed "templates/parts/field.mustache" if_empty(0)
};
static const unsigned char file58[] = {
#embed "templates/parts/filters.mustache" if_empty(0)
};
static const unsigned char file59[] = {
#embed "templates/parts/lines.mustache" if_empty(0)
};
static const unsigned char file60[] = {
#embed "templates/parts/notes.mustache" if_empty(0)
};
static const unsigned char file61[] = {
#embed "templates/parts/override.mustache" if_empty(0)
};
static const unsigned char file62[] = {
#embed "templates/parts/pager.mustache" if_empty(0)
};
static const unsigned char file63[] = {
#embed "templates/parts/release-actions.mustache" if_empty(0)
};
static const unsigned char file64[] = {
#embed "templates/parts/select.mustache" if_empty(0)
};
static const unsigned char file65[] = {
#embed "templates/parts/sentence.mustache" if_empty(0)
};
static const unsigned char file66[] = {
#embed "templates/parts/time.mustache" if_empty(0)
};
static const unsigned char file67[] = {
#embed "templates/parts/toolset-header.mustache" if_empty(0)
};
static const unsigned char file68[] = {
#embed "templates/parts/toolset-state.mustache" if_empty(0)
};
static const unsigned char file69[] = {
#embed "templates/parts/verdicts.mustache" if_empty(0)
};
static const unsigned char file70[] = {
#embed "templates/parts/words.mustache" if_empty(0)
};
static const unsigned char file71[] = {
#embed "templates/playground/chat.mustache" if_empty(0)
};
static const unsigned char file72[] = {
#embed "templates/playground/page.mustache" if_empty(0)
};
static const unsigned char file73[] = {
#embed "templates/playground/result.mustache" if_empty(0)
};
static const unsigned char file74[] = {
#embed "templates/problem.mustache" if_empty(0)
};
static const unsigned char file75[] = {
#embed "templates/prompt/list.mustache" if_empty(0)
};
static const unsigned char file76[] = {
#embed "templates/prompt/show.mustache" if_empty(0)
};
static const unsigned char file77[] = {
#embed "templates/releases/activate.mustache" if_empty(0)
};
static const unsigned char file78[] = {
#embed "templates/releases/compare.mustache" if_empty(0)
};
static const unsigned char file79[] = {
#embed "templates/releases/item.mustache" if_empty(0)
};
static const unsigned char file80[] = {
#embed "templates/releases/list.mustache" if_empty(0)
};
static const unsigned char file81[] = {
#embed "templates/releases/roll-back.mustache" if_empty(0)
};
static const unsigned char file82[] = {
#embed "templates/releases/show.mustache" if_empty(0)
};
static const unsigned char file83[] = {
#embed "templates/resource/list.mustache" if_empty(0)
};
static const unsigned char file84[] = {
#embed "templates/resource/show.mustache" if_empty(0)
};
static const unsigned char file85[] = {
#embed "templates/review/groups.mustache" if_empty(0)
};
static const unsigned char file86[] = {
#embed "templates/review/overview.mustache" if_empty(0)
};
static const unsigned char file87[] = {
#embed "templates/review/show.mustache" if_empty(0)
};
static const unsigned char file88[] = {
#embed "templates/sign-in/key.mustache" if_empty(0)
};
static const unsigned char file89[] = {
#embed "templates/sign-in/link.mustache" if_empty(0)
};
static const unsigned char file90[] = {
#embed "templates/source/deployment.mustache" if_empty(0)
};
static const unsigned char file91[] = {
#embed "templates/source/deployments.mustache" if_empty(0)
};
static const unsigned char file92[] = {
#embed "templates/source/diagnostics.mustache" if_empty(0)
};
static const unsigned char file93[] = {
#embed "templates/source/document.mustache" if_empty(0)
};
static const unsigned char file94[] = {
#embed "templates/source/list.mustache" if_empty(0)
};
static const unsigned char file95[] = {
#embed "templates/source/tools.mustache" if_empty(0)
};
static const unsigned char file96[] = {
#embed "templates/source/upload.mustache" if_empty(0)
};
static const unsigned char file97[] = {
#embed "templates/staging/merge.mustache" if_empty(0)
};
static const unsigned char file98[] = {
#embed "templates/staging/replace.mustache" if_empty(0)
};
static const unsigned char file99[] = {
#embed "templates/toolset/add-tools.mustache" if_empty(0)
};
static const unsigned char file100[] = {
#embed "templates/toolset/card.mustache" if_empty(0)
};
static const unsigned char file101[] = {
#embed "templates/toolset/change-rules.mustache" if_empty(0)
};
static const unsigned char file102[] = {
#embed "templates/toolset/edit-tool.mustache" if_empty(0)
};
static const unsigned char file103[] = {
#embed "templates/toolset/editing-mode.mustache" if_empty(0)
};
static const unsigned char file104[] = {
#embed "templates/toolset/environment.mustache" if_empty(0)
};
static const unsigned char file105[] = {
#embed "templates/toolset/list.mustache" if_empty(0)
};
static const unsigned char file106[] = {
#embed "templates/toolset/new.mustache" if_empty(0)
};
static const unsigned char file107[] = {
#embed "templates/toolset/parts.mustache" if_empty(0)
};
static const unsigned char file108[] = {
#embed "templates/toolset/settings.mustache" if_empty(0)
};
static const unsigned char file109[] = {
#embed "templates/toolset/tools.mustache" if_empty(0)
};
static const unsigned char file110[] = {
#embed "templates/variation/edit.mustache" if_empty(0)
};
static const unsigned char file111[] = {
#embed "templates/variation/list.mustache" if_empty(0)
};

static const struct slipway_asset assets[] = {
    {"scripts/call-history.js", file0, sizeof file0},
    {"scripts/copy-button.js", file1, sizeof file1},
    {"scripts/current-item.js", file2, sizeof file2},
    {"scripts/definitions.js", file3, sizeof file3},
    {"scripts/dialog-links.js", file4, sizeof file4},
    {"scripts/document-drop.js", file5, sizeof file5},
    {"scripts/in-place-forms.js", file6, sizeof file6},
    {"scripts/live-search.js", file7, sizeof file7},
    {"scripts/menus.js", file8, sizeof file8},
    {"scripts/merge.js", file9, sizeof file9},
    {"scripts/prompt-preview.js", file10, sizeof file10},
    {"scripts/refreshing-part.js", file11, sizeof file11},
    {"scripts/review.js", file12, sizeof file12},
    {"scripts/submit-on-change.js", file13, sizeof file13},
    {"scripts/ticks.js", file14, sizeof file14},
    {"scripts/times.js", file15, sizeof file15},
    {"scripts/toolset-forms.js", file16, sizeof file16},
    {"styles/base.css", file17, sizeof file17},
    {"styles/calls.css", file18, sizeof file18},
    {"styles/changes.css", file19, sizeof file19},
    {"styles/components.css", file20, sizeof file20},
    {"styles/install.css", file21, sizeof file21},
    {"styles/layers.css", file22, sizeof file22},
    {"styles/layout.css", file23, sizeof file23},
    {"styles/playground.css", file24, sizeof file24},
    {"styles/project.css", file25, sizeof file25},
    {"styles/releases.css", file26, sizeof file26},
    {"styles/review.css", file27, sizeof file27},
    {"styles/staging.css", file28, sizeof file28},
    {"styles/tokens.css", file29, sizeof file29},
    {"styles/tools.css", file30, sizeof file30},
    {"styles/toolset.css", file31, sizeof file31},
    {"templates/access/audit.mustache", file32, sizeof file32},
    {"templates/access/keys.mustache", file33, sizeof file33},
    {"templates/access/member.mustache", file34, sizeof file34},
    {"templates/access/members.mustache", file35, sizeof file35},
    {"templates/access/secret.mustache", file36, sizeof file36},
    {"templates/account.mustache", file37, sizeof file37},
    {"templates/calls/page.mustache", file38, sizeof file38},
    {"templates/changes/item.mustache", file39, sizeof file39},
    {"templates/confirm.mustache", file40, sizeof file40},
    {"templates/environment/entries.mustache", file41, sizeof file41},
    {"templates/environment/list.mustache", file42, sizeof file42},
    {"templates/environment/needs.mustache", file43, sizeof file43},
    {"templates/environment/new.mustache", file44, sizeof file44},
    {"templates/environment/show.mustache", file45, sizeof file45},
    {"templates/install/absent.mustache", file46, sizeof file46},
    {"templates/install/layout.mustache", file47, sizeof file47},
    {"templates/install/page.mustache", file48, sizeof file48},
    {"templates/layout.mustache", file49, sizeof file49},
    {"templates/parts/area.mustache", file50, sizeof file50},
    {"templates/parts/argument.mustache", file51, sizeof file51},
    {"templates/parts/change.mustache", file52, sizeof file52},
    {"templates/parts/changes.mustache", file53, sizeof file53},
    {"templates/parts/check-details.mustache", file54, sizeof file54},
    {"templates/parts/checks.mustache", file55, sizeof file55},
    {"templates/parts/fault.mustache", file56, sizeof file56},
    {"templates/parts/field.mustache", file57, sizeof file57},
    {"templates/parts/filters.mustache", file58, sizeof file58},
    {"templates/parts/lines.mustache", file59, sizeof file59},
    {"templates/parts/notes.mustache", file60, sizeof file60},
    {"templates/parts/override.mustache", file61, sizeof file61},
    {"templates/parts/pager.mustache", file62, sizeof file62},
    {"templates/parts/release-actions.mustache", file63, sizeof file63},
    {"templates/parts/select.mustache", file64, sizeof file64},
    {"templates/parts/sentence.mustache", file65, sizeof file65},
    {"templates/parts/time.mustache", file66, sizeof file66},
    {"templates/parts/toolset-header.mustache", file67, sizeof file67},
    {"templates/parts/toolset-state.mustache", file68, sizeof file68},
    {"templates/parts/verdicts.mustache", file69, sizeof file69},
    {"templates/parts/words.mustache", file70, sizeof file70},
    {"templates/playground/chat.mustache", file71, sizeof file71},
    {"templates/playground/page.mustache", file72, sizeof file72},
    {"templates/playground/result.mustache", file73, sizeof file73},
    {"templates/problem.mustache", file74, sizeof file74},
    {"templates/prompt/list.mustache", file75, sizeof file75},
    {"templates/prompt/show.mustache", file76, sizeof file76},
    {"templates/releases/activate.mustache", file77, sizeof file77},
    {"templates/releases/compare.mustache", file78, sizeof file78},
    {"templates/releases/item.mustache", file79, sizeof file79},
    {"templates/releases/list.mustache", file80, sizeof file80},
    {"templates/releases/roll-back.mustache", file81, sizeof file81},
    {"templates/releases/show.mustache", file82, sizeof file82},
    {"templates/resource/list.mustache", file83, sizeof file83},
    {"templates/resource/show.mustache", file84, sizeof file84},
    {"templates/review/groups.mustache", file85, sizeof file85},
    {"templates/review/overview.mustache", file86, sizeof file86},
    {"templates/review/show.mustache", file87, sizeof file87},
    {"templates/sign-in/key.mustache", file88, sizeof file88},
    {"templates/sign-in/link.mustache", file89, sizeof file89},
    {"templates/source/deployment.mustache", file90, sizeof file90},
    {"templates/source/deployments.mustache", file91, sizeof file91},
    {"templates/source/diagnostics.mustache", file92, sizeof file92},
    {"templates/source/document.mustache", file93, sizeof file93},
    {"templates/source/list.mustache", file94, sizeof file94},
    {"templates/source/tools.mustache", file95, sizeof file95},
    {"templates/source/upload.mustache", file96, sizeof file96},
    {"templates/staging/merge.mustache", file97, sizeof file97},
    {"templates/staging/replace.mustache", file98, sizeof file98},
    {"templates/toolset/add-tools.mustache", file99, sizeof file99},
    {"templates/toolset/card.mustache", file100, sizeof file100},
    {"templates/toolset/change-rules.mustache", file101, sizeof file101},
    {"templates/toolset/edit-tool.mustache", file102, sizeof file102},
    {"templates/toolset/editing-mode.mustache", file103, sizeof file103},
    {"templates/toolset/environment.mustache", file104, sizeof file104},
    {"templates/toolset/list.mustache", file105, sizeof file105},
    {"templates/toolset/new.mustache", file106, sizeof file106},
    {"templates/toolset/parts.mustache", file107, sizeof file107},
    {"templates/toolset/settings.mustache", file108, sizeof file108},
    {"templates/toolset/tools.mustache", file109, sizeof file109},
    {"templates/variation/edit.mustache", file110, sizeof file110},
    {"templates/variation/list.mustache", file111, sizeof file111},
};

const struct slipway_asset *slipway_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
