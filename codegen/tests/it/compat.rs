//! Breaking changes: that each rule finds what it is for, and that nothing is called safe which is not.

mod commands;
mod golden;
mod judge;
mod keys;
mod links;
mod schemas;
mod soundness;
mod systems;
mod values;
mod versions;
mod worlds;
