//! Ends every child process when the stage is gone, however it went.
//!
//! A process that is killed runs no destructor, and asking the kernel for a signal at the parent's death takes unsafe
//! code. So each stage starts one shell that reads the process groups of its children from a pipe. When the stage is
//! gone, the pipe closes, and the shell ends what is left. Owns no child: ending one in time is `lambda`'s.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// Lines are `+ <group>` and `- <group>`. A group that leaves is ended at once, with whatever it started itself.
/// `s <group>` stops a group, `c <group>` continues it: `kill` is the shell's own, so no process is started for it.
const SCRIPT: &str = r#"
groups=" "
while read -r verb group; do
  case "$verb" in
    +) groups="$groups$group " ;;
    -) kill -KILL "-$group" 2>/dev/null
       groups="${groups%% $group *} ${groups#* $group }" ;;
    s) kill -STOP "-$group" 2>/dev/null ;;
    c) kill -CONT "-$group" 2>/dev/null ;;
  esac
done
for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
"#;

/// The guardian of one stage, cheap to clone.
#[derive(Debug, Clone)]
pub struct Guardian(Arc<Mutex<Shell>>);

#[derive(Debug)]
struct Shell {
    child: Child,
    pipe: Option<ChildStdin>,
}

impl Guardian {
    /// Starts the shell.
    ///
    /// # Errors
    /// When there is no `/bin/sh`.
    pub fn start() -> std::io::Result<Self> {
        let mut child = Command::new("/bin/sh")
            .args(["-c", SCRIPT])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        let pipe = child.stdin.take();
        Ok(Self(Arc::new(Mutex::new(Shell { child, pipe }))))
    }

    /// Takes a process group under its care.
    pub fn watch(&self, group: u32) {
        self.tell('+', group);
    }

    /// A child is gone: ends what is left of its group and forgets it.
    pub fn release(&self, group: u32) {
        self.tell('-', group);
    }

    /// Stops every process of a group; signals come in the order in which they are asked for.
    pub fn freeze(&self, group: u32) {
        self.tell('s', group);
    }

    /// Continues a group that was stopped.
    pub fn thaw(&self, group: u32) {
        self.tell('c', group);
    }

    fn tell(&self, verb: char, group: u32) {
        let mut shell = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pipe) = &mut shell.pipe {
            // In one piece, or the shell wakes for each. One that somebody killed can guard nobody; the stage works
            // without it.
            let _ = pipe.write_all(format!("{verb} {group}\n").as_bytes());
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.pipe = None;
        let _ = self.child.wait();
    }
}
