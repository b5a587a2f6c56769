//! Files that somebody names: read as a whole, but not without end, as a device would be.

use std::fs::File;
use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::Path;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What a file or a pipe holds.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    // A named pipe waits for a program at its other end, perhaps forever; what the shell makes of `<(command)` has one.
    let is_of_process = path.starts_with("/dev") || path.starts_with("/proc");
    if !is_of_process && path.metadata().is_ok_and(|about| is_pipe(&about)) {
        return Err(Error::other("it is a named pipe: pass a file, or `<(command)`"));
    }
    let mut bytes = vec![];
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MAX_BYTES {
        true => Err(Error::other(format!("it is larger than {} MiB", MAX_BYTES / 1024 / 1024))),
        false => Ok(bytes),
    }
}

#[cfg(unix)]
fn is_pipe(about: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    about.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: &std::fs::Metadata) -> bool {
    false
}

/// The text of a file or a pipe.
pub(crate) fn text(path: &Path) -> Result<String> {
    String::from_utf8(bytes(path)?).map_err(|error| Error::new(ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_not_read_to_its_end() {
        assert!(bytes(Path::new("/dev/zero")).is_err());
        assert!(text(Path::new("/dev/null")).is_ok_and(|text| text.is_empty()));
    }

    #[cfg(unix)]
    #[test]
    fn a_named_pipe_holds_nobody_up() {
        let pipe = std::env::temp_dir().join(format!("given-{}", std::process::id()));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|made| made.success()));
        let read = text(&pipe);
        let _ = std::fs::remove_file(&pipe);
        assert!(read.is_err_and(|error| error.to_string().contains("named pipe")));
    }
}
