//! Writing: only what differs, nothing that is somebody else's, and nothing by halves.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::output::{self, MANIFEST, Written};
use codegen::text::FileSet;

/// A folder that is removed at the end of the test.
pub(crate) struct Folder(PathBuf);

impl AsRef<Path> for Folder {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        if path.exists() {
            fs::remove_dir_all(&path).unwrap();
        }
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// Every file below the folder with its text.
    pub(crate) fn snapshot(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).unwrap().to_string_lossy().into_owned();
                    files.push((name, fs::read_to_string(&path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files(entries: &[(&str, &str)]) -> FileSet {
    let mut files = FileSet::default();
    entries.iter().for_each(|(path, text)| files.insert(*path, *text));
    files
}

fn written(n_written: usize, n_unchanged: usize, n_removed: usize) -> Written {
    Written { n_written, n_unchanged, n_removed }
}

#[test]
fn writes_only_what_differs() {
    let out = Folder::new("differs");
    let first = output::write(out.path(), &files(&[("a/one.rs", "1"), ("a/two.rs", "2")])).unwrap();
    assert_eq!(first, written(3, 0, 0));
    let time = |path: &str| fs::metadata(out.path().join(path)).unwrap().modified().unwrap();
    let before = time("a/one.rs");
    let second =
        output::write(out.path(), &files(&[("a/one.rs", "1"), ("a/two.rs", "3")])).unwrap();
    assert_eq!(second, written(1, 2, 0), "the manifest names the same files");
    assert_eq!(time("a/one.rs"), before);
    assert_eq!(out.read("a/two.rs"), "3");
}

#[test]
fn removes_what_is_no_longer_made_and_leaves_what_is_not_ours() {
    let out = Folder::new("removes");
    output::write(out.path(), &files(&[("a/b/one.rs", "1"), ("c/two.rs", "2"), ("keep.rs", "3")]))
        .unwrap();
    out.write("c/notes.txt", "mine");
    let result = output::write(out.path(), &files(&[("keep.rs", "3")])).unwrap();
    assert_eq!(result, written(1, 1, 2));
    let names: Vec<_> = out.snapshot().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["c/notes.txt", "keep.rs", MANIFEST]);
    assert!(!out.path().join("a").exists(), "empty folders go with their files");
}

#[test]
fn a_check_names_each_difference_and_changes_nothing() {
    let out = Folder::new("check");
    output::write(out.path(), &files(&[("old.rs", "1\n"), ("same.rs", "2\n"), ("gone.rs", "3\n")]))
        .unwrap();
    fs::remove_file(out.path().join("gone.rs")).unwrap();
    let before = out.snapshot();
    let wanted = files(&[("new.rs", "4\n"), ("same.rs", "5\n"), ("gone.rs", "3\n")]);
    let comparison = output::compare(out.path(), &wanted).unwrap();
    let found: Vec<_> =
        comparison.changes.iter().map(|change| (change.path.as_str(), change.state())).collect();
    let expected = [
        ("gone.rs", "missing"),
        (MANIFEST, "outdated"),
        ("new.rs", "missing"),
        ("old.rs", "left over"),
        ("same.rs", "outdated"),
    ];
    assert_eq!(found, expected);
    let diff = comparison.diff("out", 1000);
    assert!(diff.contains("--- /dev/null\n+++ out/new.rs\n@@ -0,0 +1 @@\n+4\n"), "{diff}");
    assert!(diff.contains("--- out/old.rs\n+++ /dev/null\n"), "{diff}");
    assert!(diff.contains("-2\n+5\n"), "{diff}");
    assert!(comparison.diff("out", 3).ends_with("more lines\n"));
    assert_eq!(out.snapshot(), before);
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    for path in ["../victim.txt", "/etc/hostname", "a/../../victim.txt", "", "."] {
        let out = Folder::new("manifest");
        let about = "Files that the generator made; it removes what it no longer makes.";
        let manifest = serde_json::json!({ "about": about, "files": [path] }).to_string();
        out.write(MANIFEST, &manifest);
        let error = output::write(out.path(), &files(&[("one.rs", "1")])).unwrap_err();
        assert!(format!("{error:#}").contains("is not a manifest"), "{error:#}");
        assert!(format!("{error:#}").contains(&format!("names `{path}`")), "{error:#}");
        assert_eq!(out.snapshot(), [(MANIFEST.to_owned(), manifest)]);
    }
}

#[test]
fn a_broken_manifest_is_an_error_and_nothing_is_written() {
    // The last one is another program's, and must not make its files ours.
    for text in ["", "{", "[]", "{\"files\": 1}", "{\"files\": [1]}", "{\"files\": [\"a.rs\"]}"] {
        let out = Folder::new("broken");
        out.write(MANIFEST, text);
        assert!(output::write(out.path(), &files(&[("one.rs", "1")])).is_err(), "{text}");
        assert_eq!(out.snapshot(), [(MANIFEST.to_owned(), text.to_owned())]);
    }
}

#[test]
fn a_folder_in_a_files_place_is_an_error_that_names_it() {
    let out = Folder::new("folder");
    fs::create_dir_all(out.path().join("one.rs")).unwrap();
    let error = output::write(out.path(), &files(&[("one.rs", "1")])).unwrap_err();
    assert!(format!("{error:#}").contains("one.rs"), "{error:#}");
}

/// Nobody writes to it, so whoever opened it would wait for ever.
#[test]
fn a_pipe_in_a_files_place_is_an_error_that_names_it() {
    let out = Folder::new("pipe");
    for name in ["one.rs", MANIFEST] {
        let made = std::process::Command::new("mkfifo").arg(out.path().join(name)).status();
        assert!(made.unwrap().success());
        let error = output::write(out.path(), &files(&[("one.rs", "1")])).unwrap_err();
        assert!(format!("{error:#}").contains("is not a regular file"), "{error:#}");
        fs::remove_file(out.path().join(name)).unwrap();
    }
}

/// After an interruption the manifest names old and new files, so the next run still removes what is left over.
#[test]
fn an_interrupted_run_is_completed_by_the_next() {
    let out = Folder::new("interrupted");
    output::write(out.path(), &files(&[("old.rs", "1")])).unwrap();
    // A folder where the file is written before it is moved, so that the run fails at its last file.
    let beside = out.path().join(format!(".z.rs.{}.new", std::process::id()));
    fs::create_dir_all(&beside).unwrap();
    assert!(output::write(out.path(), &files(&[("new.rs", "2"), ("z.rs", "3")])).is_err());
    assert!(out.path().join("new.rs").is_file());
    fs::remove_dir(beside).unwrap();
    output::write(out.path(), &files(&[("other.rs", "4")])).unwrap();
    let names: Vec<_> = out.snapshot().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [MANIFEST, "other.rs"]);
}

/// Files that the generator did not make stay as they are, whatever the folder, and nothing is written beside them.
#[test]
fn what_others_made_is_in_the_way() {
    let fresh = Folder::new("foreign");
    fresh.write("a/one.rs", "mine");
    fresh.write("two.rs", "2");
    let wanted = files(&[("a/one.rs", "1"), ("two.rs", "2"), ("three.rs", "3")]);
    let refused = |folder: &Folder, names: &str| {
        let before = folder.snapshot();
        let error = format!("{:#}", output::write(folder.path(), &wanted).unwrap_err());
        assert!(error.contains(names) && error.contains("nothing was written"), "{error}");
        assert!(!error.contains("two.rs"), "a file that holds the same already is no obstacle");
        assert_eq!(folder.snapshot(), before);
    };
    refused(&fresh, "a/one.rs");

    let known = Folder::new("foreign-manifest");
    output::write(known.path(), &files(&[("two.rs", "2")])).unwrap();
    known.write("three.rs", "mine");
    refused(&known, "three.rs");
    fs::remove_file(known.path().join("three.rs")).unwrap();
    assert_eq!(output::write(known.path(), &wanted).unwrap(), written(3, 1, 0));
}

/// A link below the output folder leads to what is somebody else's: nothing is written or removed through it.
#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;

    let elsewhere = Folder::new("links-elsewhere");
    elsewhere.write("one.rs", "mine");
    let out = Folder::new("links");
    let refused = |wanted: &FileSet, name: &str| {
        let error = format!("{:#}", output::write(out.path(), wanted).unwrap_err());
        assert!(error.contains(&format!("{name} is a symbolic link")), "{error}");
        assert_eq!(elsewhere.snapshot(), [("one.rs".to_owned(), "mine".to_owned())]);
    };
    symlink(elsewhere.path(), out.path().join("a")).unwrap();
    refused(&files(&[("a/one.rs", "1"), ("b.rs", "2")]), "/a");
    assert!(!out.path().join("b.rs").exists());
    fs::remove_file(out.path().join("a")).unwrap();
    symlink(elsewhere.path().join("one.rs"), out.path().join("b.rs")).unwrap();
    refused(&files(&[("b.rs", "2")]), "/b.rs");
    fs::remove_file(out.path().join("b.rs")).unwrap();

    // What was made here once and is led elsewhere now is not removed there.
    output::write(out.path(), &files(&[("a/one.rs", "1"), ("b.rs", "2")])).unwrap();
    fs::remove_dir_all(out.path().join("a")).unwrap();
    symlink(elsewhere.path(), out.path().join("a")).unwrap();
    refused(&files(&[("b.rs", "2")]), "/a");
}

#[test]
fn the_root_of_the_file_system_is_no_folder_for_generated_files() {
    for root in ["/", "/tmp/.."] {
        let error = output::write(Path::new(root), &FileSet::default()).unwrap_err();
        assert!(error.to_string().contains("root of the file system"), "{error}");
    }
}
