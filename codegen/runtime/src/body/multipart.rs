//! `multipart/form-data` (RFC 7578): fields and files, byte for byte.
//!
//! Owns the way from a body to its parts and back. A form implements [`FormData`], which generated code does; values of
//! parts are read as parameters are.

use std::borrow::Cow;

use memchr::memmem::Finder;

use super::media::{is_media_type, parameter};
use super::{File, bare};
use crate::parts::{Parameter, pointer};
use crate::style::{Style, write_pairs};
use crate::value::Bytes;
use crate::{Encode, Violations, to_text};

/// A form that is read from the parts of a body, and written as such.
pub trait FormData: Sized {
    /// Reads all parts, then answers the form if all are right.
    fn read(form: &mut Form<'_>) -> Option<Self>;

    /// Writes all parts.
    fn write(&self, form: &mut FormWriter);
}

/// One part of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part<'a> {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: &'a [u8],
}

/// A form that is being read.
#[derive(Debug)]
pub struct Form<'a> {
    parts: Vec<Part<'a>>,
    out: &'a mut Violations,
}

impl<'a> Form<'a> {
    /// The parts of a body whose `Content-Type` is given.
    pub(crate) fn parse(
        bytes: &'a [u8],
        content_type: &str,
        out: &'a mut Violations,
    ) -> Option<Self> {
        let parts = match parameter(content_type, "boundary").filter(|text| !text.is_empty()) {
            Some(boundary) => parse(bytes, boundary),
            None => Err("found no `boundary` in `Content-Type`"),
        };
        match parts {
            Ok(parts) => Some(Self { parts, out }),
            Err(why) => {
                out.add("/body", why);
                None
            }
        }
    }

    /// A part that is text or JSON, to be read as a parameter is.
    pub fn field(&mut self, name: &'static str) -> Parameter<'_, '_> {
        let mut pairs = Vec::new();
        for part in self.parts.iter().filter(|part| is_of(&part.name, name)) {
            match std::str::from_utf8(part.content) {
                Ok(text) => pairs.push((Cow::Borrowed(part.name.as_str()), Cow::Borrowed(text))),
                Err(_) => self.out.add(pointer("body", name), "found bytes that are not UTF-8"),
            }
        }
        Parameter::of_pairs("body", name, pairs, self.out)
    }

    /// A part that is a file.
    pub fn file(&mut self, name: &str) -> FilePart<'_> {
        let mut files = Vec::new();
        for part in self.parts.iter().filter(|part| part.name == name) {
            files.push(File {
                content: Bytes::copy_from_slice(part.content),
                content_type: part.content_type.clone(),
                name: part.file_name.clone(),
            });
        }
        FilePart { pointer: pointer("body", name), files, out: self.out }
    }

    /// Refuses parts that the contract does not name.
    pub fn refuse_others(&mut self, known: &[&str]) {
        for part in &self.parts {
            if !known.iter().any(|known| is_of(&part.name, known)) {
                self.out.add(
                    pointer("body", &part.name),
                    "found a part that the contract does not name",
                );
            }
        }
    }
}

/// Whether a part is a property, or a part of one: `place[city]`.
fn is_of(part: &str, name: &str) -> bool {
    part.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

/// The files under one name.
#[derive(Debug)]
pub struct FilePart<'p> {
    pointer: String,
    files: Vec<File>,
    out: &'p mut Violations,
}

impl FilePart<'_> {
    /// Refuses files that are of none of these media types; a range will do (`image/*`).
    #[must_use]
    pub fn of(self, media_types: &[&str]) -> Self {
        for file in &self.files {
            let found = file.content_type.as_deref().unwrap_or("text/plain");
            if !media_types.iter().any(|media_type| is_media_type(found, media_type, false)) {
                let expected = media_types.join(", ");
                let found = bare(found);
                self.out
                    .add(self.pointer.as_str(), format!("found {found:?}, expected {expected}"));
            }
        }
        self
    }

    /// Refuses files of fewer or more bytes.
    #[must_use]
    pub fn bytes(self, least: usize, most: usize) -> Self {
        for n_bytes in self.files.iter().map(|file| file.content.len()) {
            if !(least..=most).contains(&n_bytes) {
                let detail = format!("found {n_bytes} bytes, expected {least} to {most}");
                self.out.add(self.pointer.as_str(), detail);
            }
        }
        self
    }

    /// The file, which must be there.
    pub fn required(self) -> Option<File> {
        if self.files.is_empty() {
            self.out.missing(self.pointer);
            return None;
        }
        self.optional().flatten()
    }

    /// The file, which may be absent.
    pub fn optional(mut self) -> Option<Option<File>> {
        match self.files.len() {
            0 | 1 => Some(self.files.pop()),
            n => {
                self.out.add(self.pointer, format!("found {n} files, expected one"));
                None
            }
        }
    }

    /// All files of the name, bounded in their number.
    pub fn list(self, least: usize, most: usize) -> Option<Vec<File>> {
        let n = self.files.len();
        if (least..=most).contains(&n) {
            return Some(self.files);
        }
        self.out.add(self.pointer, format!("found {n} files, expected {least} to {most}"));
        None
    }

    /// All files of the name, bounded in their number where there is one.
    pub fn optional_list(self, least: usize, most: usize) -> Option<Option<Vec<File>>> {
        if self.files.is_empty() { Some(None) } else { self.list(least, most).map(Some) }
    }
}

/// How many parts one body may have.
const MAX_PARTS: usize = 1000;

/// The parts of a body (RFC 2046, section 5.1.1).
fn parse<'a>(bytes: &'a [u8], boundary: &str) -> Result<Vec<Part<'a>>, &'static str> {
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    let finder = Finder::new(&delimiter);
    let mut next = match bytes.starts_with(&delimiter[2..]) {
        true => Line::after(bytes, delimiter.len() - 2),
        false => find(&finder, bytes, 0).map(|(_, line)| line),
    };
    let mut parts = Vec::new();
    loop {
        match next {
            Some(Line::Next(start)) => {
                // The line break of an empty part is the one that the delimiter begins with.
                let (end, line) =
                    find(&finder, bytes, start - 2).ok_or("found parts without an end")?;
                parts.push(part(&bytes[start..end.max(start)])?);
                next = Some(line);
            }
            Some(Line::Last) => return Ok(parts),
            None => return Err("found no parts, expected them between lines of the boundary"),
        }
        if parts.len() > MAX_PARTS {
            return Err("found more than 1000 parts");
        }
    }
}

/// What follows a boundary.
#[derive(Clone, Copy)]
enum Line {
    /// A part, which starts here.
    Next(usize),
    /// Nothing: it was the last one.
    Last,
}

impl Line {
    /// What follows a boundary that ends here; none where it is only the beginning of something longer.
    fn after(bytes: &[u8], end: usize) -> Option<Self> {
        let rest = &bytes[end..];
        if rest.starts_with(b"--") {
            return Some(Self::Last);
        }
        let n_blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        rest[n_blanks..].starts_with(b"\r\n").then_some(Self::Next(end + n_blanks + 2))
    }
}

/// The next boundary: where the content before it ends, and what follows.
fn find(finder: &Finder<'_>, bytes: &[u8], from: usize) -> Option<(usize, Line)> {
    let mut from = from;
    loop {
        let at = from + finder.find(&bytes[from..])?;
        match Line::after(bytes, at + finder.needle().len()) {
            Some(line) => return Some((at, line)),
            None => from = at + 1,
        }
    }
}

fn part(bytes: &[u8]) -> Result<Part<'_>, &'static str> {
    let (head, content) = match bytes.strip_prefix(b"\r\n") {
        Some(content) => (&b""[..], content),
        None => {
            let end =
                memchr::memmem::find(bytes, b"\r\n\r\n").ok_or("found a part without a head")?;
            (&bytes[..end], &bytes[end + 4..])
        }
    };
    let head = std::str::from_utf8(head).map_err(|_| "found a part whose head is not UTF-8")?;
    let header = |wanted: &str| {
        let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
        lines
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, text)| text.trim())
    };
    let disposition = header("Content-Disposition").ok_or("found a part without a name")?;
    let name = quoted(disposition, "name").ok_or("found a part without a name")?;
    Ok(Part {
        name,
        file_name: quoted(disposition, "filename"),
        content_type: header("Content-Type").map(str::to_owned),
        content,
    })
}

/// A parameter of `Content-Disposition`, as browsers write it: in quotes, with `%22`, `%0D` and `%0A` for what would
/// end it, or with backslashes before such.
fn quoted(disposition: &str, wanted: &str) -> Option<String> {
    let mut rest = disposition;
    loop {
        let at = rest.find(';')?;
        rest = rest[at + 1..].trim_start();
        let (name, after) = rest.split_once('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(inner) => unquoted(inner)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
        }
        rest = after;
    }
}

/// The text up to the closing quote, and what follows it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' if matches!(characters.peek(), Some((_, '"' | '\\'))) => {
                value.extend(characters.next().map(|(_, escaped)| escaped));
            }
            other => value.push(other),
        }
    }
    None
}

/// A form that is being written.
#[derive(Debug)]
pub struct FormWriter {
    boundary: String,
    body: Vec<u8>,
}

impl FormWriter {
    /// The body that a form becomes, and its media type.
    pub(crate) fn write(form: &impl FormData) -> (String, Vec<u8>) {
        let boundary = uuid::Uuid::new_v4().simple().to_string();
        let mut writer = Self { boundary, body: Vec::new() };
        form.write(&mut writer);
        let Self { boundary, mut body } = writer;
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// A part that is text; left out when it has no value.
    pub fn field<T: Encode>(&mut self, name: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.part(name, None, None, to_text(value).as_bytes());
        }
    }

    /// A part, or several, of a list or an object; left out when it has no value.
    pub fn styled<T: Encode>(&mut self, name: &str, style: Style, value: Option<&T>) {
        let json = style == Style::Json;
        for (name, text) in
            value.map_or(vec![], |value| write_pairs(name, style, &crate::to_value(value)))
        {
            self.part(&name, json.then_some("application/json"), None, text.as_bytes());
        }
    }

    /// A part that is a file; left out when there is none.
    pub fn file(&mut self, name: &str, file: Option<&File>) {
        let Some(file) = file else { return };
        let content_type = file.content_type.as_deref().unwrap_or("application/octet-stream");
        // A part without a file name is a field to most readers.
        let file_name = file.name.as_deref().unwrap_or(name);
        self.part(name, Some(content_type), Some(file_name), &file.content);
    }

    /// A part for each of several files.
    pub fn files(&mut self, name: &str, files: Option<&Vec<File>>) {
        files.into_iter().flatten().for_each(|file| self.file(name, Some(file)));
    }

    fn part(&mut self, name: &str, content_type: Option<&str>, file: Option<&str>, content: &[u8]) {
        let escape =
            |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let mut head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
            self.boundary,
            escape(name)
        );
        if let Some(file) = file {
            head.push_str(&format!("; filename=\"{}\"", escape(file)));
        }
        if let Some(content_type) = content_type {
            // A line break in a media type would end the head early.
            head.push_str(&format!(
                "\r\nContent-Type: {}",
                content_type.replace(['\r', '\n'], " ")
            ));
        }
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(b"\r\n\r\n");
        self.body.extend_from_slice(content);
        self.body.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Upload {
        file: File,
        note: Option<String>,
        tags: Option<Vec<i32>>,
        more: Vec<File>,
    }

    impl FormData for Upload {
        fn read(form: &mut Form<'_>) -> Option<Self> {
            let file = form.file("file").of(&["image/*"]).bytes(0, 1000).required();
            let note = form.field("note").optional();
            let tags = form.field("tags").repeated().optional();
            let more = form.file("more").list(0, 2);
            Some(Self { file: file?, note: note?, tags: tags?, more: more? })
        }

        fn write(&self, form: &mut FormWriter) {
            form.file("file", Some(&self.file));
            form.field("note", self.note.as_ref());
            form.styled("tags", Style::Repeated, self.tags.as_ref());
            form.files("more", Some(&self.more));
        }
    }

    fn read(content_type: &str, body: &[u8]) -> Result<Upload, Vec<String>> {
        let mut out = Violations::default();
        let upload =
            Form::parse(body, content_type, &mut out).and_then(|mut form| Upload::read(&mut form));
        let pointers =
            |violations: Violations| violations.iter().map(|v| v.pointer.clone()).collect();
        out.or(upload).map_err(pointers)
    }

    #[test]
    fn a_form_is_read_as_it_is_written_byte_for_byte() {
        let every_byte: Vec<u8> = (0..=255).collect();
        let upload = Upload {
            file: File::new("image/png", every_byte).named("a \"b\".png"),
            note: Some("ü\r\n--x".to_owned()),
            tags: Some(vec![1, 2]),
            more: vec![
                File::new("a/b", &b"\r\n"[..]).named("c"),
                File::new("a/b", &b""[..]).named("d"),
            ],
        };
        let (content_type, body) = FormWriter::write(&upload);
        assert_eq!(read(&content_type, &body), Ok(upload));
    }

    #[test]
    fn other_writers_are_understood() {
        let body = b"preamble\r\n--AaB \r\ncontent-disposition:form-data;name=file; filename=\"x\\\"y.gif\"\r\n\
            Content-Type: image/gif\r\n\r\n\r\n--AaBb\r\n--AaB\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\
            \r\n--AaB--\r\nepilogue";
        let upload = read("multipart/form-data; boundary=\"AaB\"", body).unwrap();
        assert_eq!(upload.file.content, "\r\n--AaBb");
        assert_eq!(upload.file.name.as_deref(), Some("x\"y.gif"));
        assert_eq!(upload.note.as_deref(), Some(""));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let one = |head: &str, content: &str| {
            let part =
                format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
            read("multipart/form-data; boundary=B", format!("{part}--B--").as_bytes())
        };
        assert_eq!(one("name=\"note\"", "x"), Err(vec!["/body/file".to_owned()]));
        // Without a media type of its own, a part is text.
        assert_eq!(one("name=\"file\"", "x"), Err(vec!["/body/file".to_owned()]));
        for (content_type, body) in [
            ("multipart/form-data", &b"--B--"[..]),
            ("multipart/form-data; boundary=B", b""),
            ("multipart/form-data; boundary=B", b"--B\r\n\r\n"),
            (
                "multipart/form-data; boundary=B",
                b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
            ),
            ("multipart/form-data; boundary=B", b"--B\r\nContent-Disposition: form-data; name=\"a"),
        ] {
            assert_eq!(read(content_type, body), Err(vec!["/body".to_owned()]));
        }
    }

    #[test]
    fn every_cut_of_a_body_is_survived() {
        let upload = Upload {
            file: File::new("image/png", &b"abc"[..]),
            note: Some("n".to_owned()),
            tags: None,
            more: vec![],
        };
        let (content_type, body) = FormWriter::write(&upload);
        for end in 0..body.len() {
            let _ = read(&content_type, &body[..end]);
        }
    }
}
