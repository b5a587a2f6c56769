//! The local issuer of a project: where its key is, and what the commands that print its tokens have in common.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::binaries;
use crate::issuer::{Issuer, IssuerError};

/// The longest time that a token may be valid: a century, in seconds.
pub const LONGEST: i64 = 100 * 365 * 86_400;

const KEY: &str = "issuer.key";

/// The file with the key of a project's local issuer, below `target` of its workspace, which no repository holds.
///
/// It is the same file whatever `CARGO_TARGET_DIR` is: a shell with another one must not make a second issuer, whose tokens
/// no stage accepts. Only where that folder cannot be made is it cargo's own.
#[must_use]
pub fn issuer_key(project: &Path) -> PathBuf {
    let folder = of_workspace(project);
    let folder = match std::fs::create_dir_all(&folder) {
        Ok(()) => folder,
        Err(_) => of_cargo(project).unwrap_or(folder),
    };
    // Git sees nothing of it, also where it does not ignore the folder above. A key works without.
    if let Ok(mut file) = std::fs::File::create_new(folder.join(".gitignore")) {
        let _ = file.write_all(b"*\n");
    }
    folder.join(KEY)
}

/// The local issuer of a project's stages, for callers that use a URL; `None` if the URL is not on this machine, or
/// no stage of the project ever started. Nothing is made.
#[must_use]
pub fn issuer_of(url: &str, project: &Path) -> Option<Issuer> {
    let rest = url.strip_prefix("http://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let name = match host.strip_prefix('[') {
        Some(address) => address.split(']').next()?,
        None => host.split(':').next()?,
    };
    let is_here = name == "localhost"
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if !is_here {
        return None;
    }
    let key = Some(of_workspace(project).join(KEY)).filter(|key| key.is_file());
    let key = key.or_else(|| Some(of_cargo(project)?.join(KEY)).filter(|key| key.is_file()))?;
    Issuer::of_file(&key).ok()
}

/// The issuer whose key a file holds, for a command that prints a token; a new key is told on standard error.
///
/// # Errors
/// The file cannot be used, or holds something else.
pub fn issuer_for_token(key: &Path) -> Result<Issuer, IssuerError> {
    let is_new = !key.is_file();
    let issuer = Issuer::of_file(key)?;
    if is_new {
        // Without a standard error nobody listens.
        let _ = writeln!(
            std::io::stderr(),
            "note: created the key of the local issuer, {}; a stage that is running already has another one, so start it again",
            key.display()
        );
    }
    Ok(issuer)
}

/// A claim of a token, as arguments give it: JSON, or a text.
///
/// # Errors
/// It is no `NAME=VALUE`.
pub fn claim(text: &str) -> Result<(String, Value), String> {
    let (name, value) = text.split_once('=').ok_or("must be `NAME=VALUE`")?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Ok((name.to_owned(), value))
}

/// When a token begins, in seconds since the Unix epoch, and how many seconds it is valid; one that ended some time ago
/// was valid for an hour.
#[must_use]
pub fn validity(expires_in: i64) -> (i64, i64) {
    let now = jiff::Timestamp::now().as_second();
    if expires_in > 0 { (now, expires_in) } else { (now + expires_in - 3_600, 3_600) }
}

fn of_workspace(project: &Path) -> PathBuf {
    binaries::root_of(project).join("target").join("stage")
}

fn of_cargo(project: &Path) -> Option<PathBuf> {
    Some(binaries::target_folder(project).ok()?.join("stage"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn looking_an_issuer_up_makes_nothing() {
        let folder = crate::scratch::Scratch::new().unwrap();
        let url = "http://127.0.0.1:3000";
        assert!(issuer_of(url, folder.path()).is_none());
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        let key = issuer_key(folder.path());
        let token = issuer_for_token(&key).unwrap().mint(&serde_json::json!({})).unwrap();
        assert!(issuer_of(url, folder.path()).unwrap().has_signed(&token));
        assert!(issuer_of("https://shop.example", folder.path()).is_none());
        let ignored = std::fs::read_to_string(key.with_file_name(".gitignore")).unwrap();
        assert_eq!(ignored, "*\n");
    }
}
