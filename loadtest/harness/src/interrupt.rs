//! Ctrl-C: the first ends the load early, the second ends the waiting for orders, the third ends the program.
//! What was started is still shut down and reported after the first two.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::deliver::print;

/// Counts how often the run was interrupted.
#[derive(Debug, Clone)]
pub struct Interrupt {
    presses: Arc<watch::Sender<u32>>,
    leaves: Arc<Mutex<String>>,
}

impl Interrupt {
    /// Takes Ctrl-C over for this process. It has to come before goose starts, which would take it for itself
    /// and end the process on the second, with the functions still running.
    ///
    /// # Errors
    /// When the system refuses, or it was taken over before.
    pub fn install() -> Result<Self, ctrlc::Error> {
        let interrupt = Self { presses: Arc::new(watch::Sender::new(0)), leaves: Arc::default() };
        let (presses, leaves) = (Arc::clone(&interrupt.presses), Arc::clone(&interrupt.leaves));
        ctrlc::set_handler(move || {
            presses.send_modify(|presses| *presses += 1);
            if *presses.borrow() > 2 {
                print(io::stderr(), &leaves.lock().unwrap_or_else(PoisonError::into_inner));
                std::process::exit(i32::from(crate::report::Outcome::Invalid.exit_code()));
            }
        })?;
        Ok(interrupt)
    }

    /// Says what the program would leave behind if it was ended at once.
    pub(crate) fn would_leave(&self, what: String) {
        *self.leaves.lock().unwrap_or_else(PoisonError::into_inner) = what;
    }

    /// Whether it was pressed at least `times`.
    #[must_use]
    pub fn pressed(&self, times: u32) -> bool {
        *self.presses.borrow() >= times
    }

    /// Returns when it was pressed at least `times`.
    pub async fn wait(&self, times: u32) {
        let mut presses = self.presses.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail before the count is reached.
        let _ = presses.wait_for(|presses| *presses >= times).await;
    }
}
