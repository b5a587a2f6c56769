//! Tests of the generator, one module for each concern.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod adopt;
mod adoption;
mod arazzo;
mod asyncapi;
mod bases;
mod clashes;
mod cli;
mod compat;
mod consumers;
mod derive;
mod diagnostics;
mod documents;
mod drift;
mod events;
mod freshness;
mod hostile;
mod layout;
mod lint;
mod mutation;
mod naming;
mod new;
mod oracle;
mod output;
mod parameters;
mod parity;
mod policy;
mod robust;
mod rust;
mod shop;
mod stacks;
mod template;
mod texts;
mod tidy;
mod traps;
mod workflows;
