//! Rules about stacks: what CloudFormation cannot move from one to another in a deployment; and about the settings of
//! stages.

use super::Level::{Error, Info, Warning};
use super::{ChangeRule, row};

const FAILS: &str =
    "the deployment, which fails and is rolled back: the stack that has it still holds its name";

#[rustfmt::skip]
pub(super) const RULES: &[ChangeRule] = &[
    row(Error, "stack-layout-changed", "the layout of stacks changed from `{old}` to `{new}`, so tables, queues and functions belong to other stacks", "the deployment, which fails and is rolled back: the stack that has them still holds their names", "deploy under another stack name (`codegen deploy --stack`), copy the items of the tables, wait until the old queues are empty, then delete the old stack: its tables are retained, its queues are not. The URL of the API, its keys and the names of the buses are new"),
    row(Info, "stage-added", "the stage was added", "", ""),
    row(Warning, "stage-removed", "the settings of the stage were removed", "the next deployment of the stage, which finds no settings; its stack stays as it is", "remove the stack first, then its settings"),
    row(Warning, "stage-not-compared", "the settings of the stage changed and are not valid TOML, so nothing compares them", "the next deployment of the stage", "correct the file"),
    row(Warning, "stage-stack-changed", "the stage is now deployed as the stack `{new}`, before as `{old}`", "callers and items of the stack `{old}`: the new stack has another URL and empty tables", "keep the name of the stack"),
    row(Warning, "stage-protection-removed", "`{old}` is no longer `true`", "items of the stage's tables, which a mistake can delete for good", "keep the protection where items matter"),
    row(Info, "stage-setting-added", "the setting was added: `{new}`", "", ""),
    row(Info, "stage-setting-changed", "the setting changed from `{old}` to `{new}`", "", ""),
    row(Info, "stage-setting-removed", "the setting `{old}` was removed, so the default applies", "", ""),
    row(Info, "alarms-changed", "alarms are now made for each {new}, before for each {old}", "", ""),
    row(Error, "stack-changed", "it moved from the stack of the service `{old}` to that of `{new}`", FAILS, "keep it with one service, or give it another name: a table or queue with another name starts empty"),
];
