//! Where a JSON report is kept: a file, standard output, or an object in S3, where workers on many machines leave theirs.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context as _, bail};

use crate::aws::Aws;
use crate::base::http_client;

/// Where a report is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// `-`.
    Stdout,
    /// A path.
    File(PathBuf),
    /// `s3://BUCKET/KEY`.
    Object {
        /// The bucket.
        bucket: String,
        /// The key in it.
        key: String,
    },
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some(object) = text.strip_prefix("s3://") else {
            return match text {
                "" => Err("expected a file, or `s3://BUCKET/KEY`".to_owned()),
                "-" => Ok(Self::Stdout),
                _ => Ok(Self::File(text.into())),
            };
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=".contains(c);
        match object.split_once('/') {
            // Other characters would have to be escaped in a signature, and nobody needs them for a report.
            Some((bucket, key))
                if !bucket.is_empty() && !key.is_empty() && object.chars().all(is_plain) =>
            {
                Ok(Self::Object { bucket: bucket.to_owned(), key: key.to_owned() })
            }
            _ => Err("expected `s3://BUCKET/KEY` of letters, digits and `-_./=`".to_owned()),
        }
    }
}

/// The places that a text names: one, or with `{0..3}` in it one for each number of the range.
///
/// # Errors
/// In words.
pub(crate) fn places(text: &str) -> Result<Vec<Destination>, String> {
    let range = text.split_once('{').and_then(|(before, rest)| {
        let (range, after) = rest.split_once('}')?;
        let (first, last) = range.split_once("..")?;
        Some((before, first.parse::<u64>().ok()?, last.parse::<u64>().ok()?, after))
    });
    let Some((before, first, last, after)) = range else { return Ok(vec![text.parse()?]) };
    if first > last || last - first >= 10_000 {
        return Err(format!("`{text}`: expected an ascending range of at most 10000 numbers"));
    }
    (first..=last).map(|n| format!("{before}{n}{after}").parse()).collect()
}

impl fmt::Display for Destination {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => out.write_str("-"),
            Self::File(path) => write!(out, "{}", path.display()),
            Self::Object { bucket, key } => write!(out, "s3://{bucket}/{key}"),
        }
    }
}

impl Destination {
    /// Puts a text there, in one step: whoever reads finds the old one or the new one.
    ///
    /// # Errors
    /// When it cannot be written; what was there stays.
    pub(crate) async fn write(&self, text: String) -> anyhow::Result<()> {
        match self {
            Self::Stdout => Ok(()),
            Self::File(path) => {
                let path = path.clone();
                tokio::task::spawn_blocking(move || replace(&path, text)).await??;
                Ok(())
            }
            Self::Object { bucket, key } => {
                let aws = Aws::load(http_client()?).await?;
                let path = format!("/{bucket}/{key}");
                match aws.object(reqwest::Method::PUT, &path, text).await? {
                    (200, _) => Ok(()),
                    (status, answer) => bail!("S3 returned {status}: {answer}"),
                }
            }
        }
    }

    /// The text that is there; `None` when there is none.
    ///
    /// # Errors
    /// When nobody can tell.
    pub(crate) async fn read(&self) -> anyhow::Result<Option<String>> {
        match self {
            Self::Stdout => bail!("a report cannot be read from standard output"),
            Self::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(Some(text)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error).with_context(|| path.display().to_string()),
            },
            Self::Object { bucket, key } => {
                let aws = Aws::load(http_client()?).await?;
                let path = format!("/{bucket}/{key}");
                match aws.object(reqwest::Method::GET, &path, String::new()).await? {
                    (200, text) => Ok(Some(text)),
                    (404, answer) if !answer.contains("NoSuchBucket") => Ok(None),
                    (status, answer) => bail!("{self}: S3 returned {status}: {answer}"),
                }
            }
        }
    }
}

/// Puts a file in the place of another in one step: whoever reads it finds the old text or the new one.
///
/// # Errors
/// When it cannot be written; the old one stays.
pub(crate) fn replace(path: &Path, text: impl AsRef<[u8]>) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    if is_device(path) {
        return std::fs::write(path, text);
    }
    let beside = beside(path);
    let written = std::fs::write(&beside, &text).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // A half of it would only take up room on a disk that is full already.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Whether something stands there that is no plain file, such as `/dev/stdout`: it cannot be replaced by one.
pub(crate) fn is_device(path: &Path) -> bool {
    path.exists() && !path.is_file()
}

/// Finds out whether [`replace`] could put a file there, and leaves what is there as it is.
///
/// # Errors
/// Why not.
pub(crate) fn probe(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    if is_device(path) {
        // Opening a pipe or a device uses it: the reader of a pipe would take that for its whole content.
        return if path.is_dir() { Err(std::io::ErrorKind::IsADirectory.into()) } else { Ok(()) };
    }
    let beside = beside(path);
    std::fs::File::create(&beside)?;
    std::fs::remove_file(&beside)
}

/// A name beside the file that no other process uses.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn places_are_told_apart() {
        let object = |bucket: &str, key: &str| Destination::Object {
            bucket: bucket.into(),
            key: key.into(),
        };
        for (text, place) in [
            ("-", Destination::Stdout),
            ("a/b.json", Destination::File("a/b.json".into())),
            ("s3://results/run-1/0.json", object("results", "run-1/0.json")),
        ] {
            assert_eq!(text.parse(), Ok(place.clone()));
            assert_eq!(place.to_string(), text);
        }
        let all = places("s3://results/run/{9..11}.json").unwrap();
        let all: Vec<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(all, [9, 10, 11].map(|n| format!("s3://results/run/{n}.json")));
        assert_eq!(places("{a}.json"), Ok(vec![Destination::File("{a}.json".into())]));
        assert!(places("{4..1}.json").is_err());
        for text in ["", "s3://", "s3://results", "s3://results/", "s3:///key", "s3://a/b c"] {
            assert!(text.parse::<Destination>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = std::env::temp_dir().join(format!("partial-{}", std::process::id()));
        let path = folder.join("deep/report.json");
        replace(&path, "old").unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        // A folder cannot be replaced by a file.
        assert!(replace(&folder.join("deep"), "no").is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_probe_leaves_alone_what_is_no_plain_file() {
        let folder = std::env::temp_dir().join(format!("probe-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let pipe = folder.join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        // Nobody reads it: to open it would take for ever.
        assert!(probe(&pipe).is_ok() && probe(&folder).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_and_leaves_nothing() {
        assert_eq!(
            replace(Path::new("/dev/full"), "text").unwrap_err().kind(),
            std::io::ErrorKind::StorageFull
        );
    }
}
