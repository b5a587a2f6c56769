//! Ctrl-C: the first ends the load early, the second ends the waiting for orders, the third ends the program.
//! What was started is still shut down and reported after the first two. SIGTERM counts as two, and so does SIGHUP:
//! whoever sends them does not wait for minutes.

use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// Counts how often the run was interrupted.
#[derive(Debug, Clone)]
pub struct Interrupt {
    presses: Arc<watch::Sender<u32>>,
    leaves: Arc<Mutex<String>>,
    exit_code: u8,
}

impl Interrupt {
    /// Takes Ctrl-C over for this process, which ends with `exit_code` at the third. It has to come before goose starts, which would take it for itself
    /// and end the process on the second, with the functions still running.
    ///
    /// # Errors
    /// When the system refuses, or it was taken over before.
    pub fn install(exit_code: u8) -> Result<Self, ctrlc::Error> {
        let presses = Arc::new(watch::Sender::new(0));
        let interrupt = Self { presses, leaves: Arc::default(), exit_code };
        let pressed = interrupt.clone();
        ctrlc::set_handler(move || pressed.press(1))?;
        Ok(interrupt)
    }

    /// Takes over the signals by which others end a process, until it is dropped: the first counts as two presses.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) async fn obey_signals(self) -> io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        // What `nohup` started is meant to outlive its terminal.
        let mut hang_up =
            if hang_up_is_ignored() { None } else { Some(signal(SignalKind::hangup())?) };
        loop {
            let hung_up = async {
                match &mut hang_up {
                    Some(signal) => signal.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = terminate.recv() => {}
                _ = hung_up => {}
            }
            self.press(if self.pressed(1) { 1 } else { 2 });
        }
    }

    fn press(&self, times: u32) {
        self.presses.send_modify(|presses| *presses += times);
        if *self.presses.borrow() > 2 {
            let leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever closed the stream does not read it.
            let _ = io::stderr().write_all(leaves.as_bytes());
            std::process::exit(i32::from(self.exit_code));
        }
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

/// Whether this process was started with SIGHUP ignored, the first signal of the mask. Where that cannot
/// be found out, as without `/proc` on macOS, the signal keeps the effect that it has.
fn hang_up_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_none_or(|mask| mask & 1 == 1)
}
