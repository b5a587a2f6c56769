//! Contract files in memory, and places in them.
//!
//! Owns the text of every file of a run, byte spans, and the way from a byte to a line and column. Reads no disk:
//! the command line does, so that compiling is a pure function of its sources.

/// The files of one run, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    /// The stacks that the contracts are deployed as, as far as that is known.
    pub stacks: Vec<Stack>,
}

/// A stack by the settings of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    /// Its name: `shop-dev`.
    pub name: String,
    /// The file that says so: `infra/stages/dev.toml`.
    pub file: String,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its path relative to the folder that holds `spec`, with `/` between parts: `spec/product/openapi.yaml`.
    pub path: String,
    /// Its text; of one that cannot be used, the part before the fault.
    pub text: String,
    /// Why the file is there but cannot be used; a reader says so, and compiling reports it.
    pub fault: Option<FileError>,
    /// Where a document belongs that stands where none is read.
    pub misplaced: Option<String>,
    /// The byte at which each line starts.
    line_starts: Vec<u32>,
    /// How many characters there are before each block of [`BLOCK`] bytes, so that columns of long lines are found
    /// without counting from their start.
    chars_before: Vec<u32>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The reason.
    pub why: String,
    /// What to do about it, where that is known.
    pub help: Option<&'static str>,
    /// As much of the file as can be shown, up to the place of the fault.
    pub shown: String,
}

impl FileError {
    /// A file that cannot be used as a whole.
    #[must_use]
    pub fn whole(why: impl Into<String>) -> Self {
        Self { why: why.into(), help: None, shown: String::new() }
    }
}

/// How many bytes a block has.
const BLOCK: usize = 1024;

/// Names a file of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A range of bytes in a file, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl SourceMap {
    /// The same files, of which some have another path.
    #[must_use]
    pub fn renamed(&self, path: impl Fn(&str) -> Option<String>) -> Self {
        let mut renamed = self.clone();
        for file in &mut renamed.files {
            if let Some(path) = path(&file.path) {
                file.path = path;
            }
        }
        renamed
    }

    /// Adds a file. Text beyond 4 GiB is not expected here; the reader bounds a file long before.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let starts =
            text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        let line_starts = std::iter::once(0).chain(starts).collect();
        let mut n_chars = 0;
        let count = |block: &[u8]| {
            let before = n_chars;
            n_chars += n_starts(block);
            before
        };
        let chars_before = text.as_bytes().chunks(BLOCK).map(count).collect();
        let path = path.into();
        let (fault, misplaced) = (None, None);
        self.files.push(SourceFile { path, text, fault, misplaced, line_starts, chars_before });
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// Adds a file that is there but cannot be used, with the reason.
    pub fn add_faulty(&mut self, path: impl Into<String>, fault: FileError) -> FileId {
        let id = self.add(path, fault.shown.clone());
        if let Some(file) = self.files.last_mut() {
            file.fault = Some(fault);
        }
        id
    }

    /// Adds a document that stands where none is read, with the way to have it read.
    pub fn add_misplaced(&mut self, path: impl Into<String>, text: String, help: String) {
        self.add(path, text);
        if let Some(file) = self.files.last_mut() {
            file.misplaced = Some(help);
        }
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// A line for each file: a sum of its text (FNV-1a, 64 bits) and its path. Tells whether files are those that
    /// something was made of, without making it again; guards against no forgery.
    #[must_use]
    pub fn sums(&self) -> String {
        let mut files: Vec<_> = self.files.iter().filter(|file| file.misplaced.is_none()).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.iter().map(|file| format!("{:016x}  {}\n", sum(&file.text), file.path)).collect()
    }

    /// The name of the folder of contracts, with which all paths begin.
    #[must_use]
    pub fn folder(&self) -> &str {
        let first = self.files.first().and_then(|file| file.path.split_once('/'));
        first.map_or("spec", |(folder, _)| folder)
    }

    /// All files with their ids.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The file with this id. Panics when it belongs to another map, which only a fault of ours can cause.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file with this path, if it is there.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.files().find(|(_, file)| file.path == path).map(|(id, _)| id)
    }

    /// Where a span starts.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start)
    }
}

impl SourceFile {
    /// The line and column of a byte; a byte beyond the end counts as the end.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let byte = (byte as usize).min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start as usize <= byte).max(1);
        let start = self.line_starts[line - 1] as usize;
        let column = self.n_chars_before(byte).saturating_sub(self.n_chars_before(start));
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: column.saturating_add(1) }
    }

    /// How many characters begin before a byte.
    fn n_chars_before(&self, byte: usize) -> u32 {
        let block = byte / BLOCK;
        let Some(before) = self.chars_before.get(block) else {
            let all = self.chars_before.len().saturating_sub(1);
            let last = self.text.as_bytes().get(all * BLOCK..).unwrap_or_default();
            return self.chars_before.last().copied().unwrap_or_default() + n_starts(last);
        };
        before + n_starts(self.text.as_bytes().get(block * BLOCK..byte).unwrap_or_default())
    }

    /// The text of a line, counted from 1, without its end; empty beyond the last.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        self.line_at(line).1
    }

    /// The same, with the byte at which the line starts.
    #[must_use]
    pub fn line_at(&self, line: u32) -> (usize, &str) {
        let at = |index: usize| self.line_starts.get(index).map(|start| *start as usize);
        let Some(start) = (line as usize).checked_sub(1).and_then(at) else { return (0, "") };
        let end = at(line as usize).unwrap_or(self.text.len());
        (start, self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    /// How many lines the file has.
    #[must_use]
    pub fn n_lines(&self) -> usize {
        self.line_starts.len()
    }
}

/// How many characters begin in a piece of text.
fn n_starts(bytes: &[u8]) -> u32 {
    let n = bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count();
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// FNV-1a of a text, whatever ends its lines.
fn sum(text: &str) -> u64 {
    let bytes = text.bytes().filter(|byte| *byte != b'\r');
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_however_long_the_line_is() {
        let mut sources = SourceMap::default();
        let text = format!("é{}\n{}", "a".repeat(2000), "é€x".repeat(1000));
        let file = sources.add("a.yaml", text.clone());
        let file = sources.file(file);
        for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
            let before = &text[..byte];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            let found = file.position(byte as u32);
            assert_eq!((found.line as usize, found.column as usize), (line, column), "{byte}");
        }
    }
}
