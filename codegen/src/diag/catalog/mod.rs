//! Every diagnostic there is: the words, the places and the advice.
//!
//! Owns all constructors of [`Diagnostic`](super::Diagnostic), a file for each part of the contracts. A function
//! takes what its caller holds and decides nothing.

pub mod bindings;
pub mod defaults;
pub mod dialect;
pub mod document;
pub mod events;
pub mod functions;
pub mod index;
pub mod misplaced;
pub mod patterns;
pub mod refs;
pub mod refusals;
pub mod rest;
pub mod rules;
pub mod schema;
pub mod security;
pub mod shape;
pub mod slips;
pub mod stages;
pub mod streams;
pub mod tables;
pub mod workflow_messages;
pub mod workflow_values;
pub mod workflows;
pub mod yaml;
