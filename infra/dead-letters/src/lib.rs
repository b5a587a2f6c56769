//! Dead letters: what could not be processed, why, and the way back.
//!
//! Works on whatever speaks the API of SQS: a deployed stage, or a local one by its endpoint. In reading order:
//!
//! 1. [`cli`] takes the command line, `aws` makes the client that it asks for.
//! 2. `queues` finds the dead-letter queues and who feeds them.
//! 3. `letter` reads of a message why it is dead; `list` shows what is there, `redrive` sends it back.
//!
//! Knows nothing of what is in a message, and deletes none that did not arrive elsewhere first.

mod aws;
pub mod cli;
mod letter;
mod list;
mod queues;
mod redrive;
