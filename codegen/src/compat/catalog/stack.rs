//! Rules about stacks: what CloudFormation cannot move from one to another in a deployment.

use super::Level::Error;
use super::{Rule, row};

const FAILS: &str =
    "the deployment, which fails and is rolled back: the stack that has it still holds its name";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    row(Error, "stack-layout-changed", "the layout of stacks changed from `{old}` to `{new}`, so tables, queues and functions belong to other stacks", "the deployment, which fails and is rolled back: the stack that has them still holds their names", "deploy under another stack name (`codegen deploy --stack`), copy the items of the tables, wait until the old queues are empty, then delete the old stack: its tables are retained, its queues are not. The URL of the API, its keys and the names of the buses are new"),
    row(Error, "stack-changed", "it moved from the stack of the service `{old}` to that of `{new}`", FAILS, "keep it with one service, or give it another name: a table or queue with another name starts empty"),
];
