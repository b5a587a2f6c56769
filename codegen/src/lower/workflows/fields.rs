//! The names under which a run keeps what it knows: inputs, outputs of steps, and outputs of other workflows.
//!
//! Each is made of two names, so that others may come to the same: `b_c` of the step `a`, and `c` of the step `a_b`.

use std::collections::BTreeSet;

use crate::model::{Name, Workflow};

/// Renames outputs that would be kept under a name that is taken.
pub(super) fn keep_apart(list: &mut [Workflow]) {
    let mut all = BTreeSet::new();
    for workflow in list.iter_mut() {
        let inputs = workflow.inputs.iter().flat_map(|inputs| &inputs.list);
        let mut taken: BTreeSet<String> =
            inputs.map(|input| format!("input_{}", plain(&input.name))).collect();
        for step in &mut workflow.steps {
            for output in &mut step.outputs {
                rename(&mut output.name, &step.id, &mut taken);
            }
        }
        all.extend(taken);
    }
    // Whichever workflow reads an output of another one keeps it beside its own.
    for workflow in list {
        for output in &mut workflow.outputs {
            rename(&mut output.name, &workflow.id, &mut all);
        }
    }
}

/// Gives a name further words until it is not taken behind that of its holder.
fn rename(name: &mut Name, holder: &Name, taken: &mut BTreeSet<String>) {
    while !taken.insert(format!("{}_{}", plain(holder), plain(name))) {
        name.snake.push_str("_output");
    }
}

fn plain(name: &Name) -> &str {
    name.bare().trim_end_matches('_')
}
