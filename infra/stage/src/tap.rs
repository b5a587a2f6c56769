//! Watching messages go by: whoever starts a stage may be told of each one that a bus takes and each one that a function
//! is about to get. Being told changes nothing, and is done before anything else happens to the message.

use crate::bus::event::Event;

/// Somebody who watches. Called on the stage's own thread, which waits: be brief.
pub trait Tap: Send + Sync {
    /// A bus has taken an event.
    fn published(&self, event: &Event);

    /// A function is about to be invoked with a message of this queue.
    fn received(&self, queue: &str, body: &str);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nobody;

impl Tap for Nobody {
    fn published(&self, _: &Event) {}

    fn received(&self, _: &str, _: &str) {}
}
