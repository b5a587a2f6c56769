//! What bodies hold: media types, how each is read and written, and what texts in parameters and forms stand for.

use scalars::media::range_has;

use super::{Docs, Name, Origin, TypeRef};

/// One media type of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The media type without parameters, in lower case; a range (`image/*`) where the contract leaves it open.
    pub media_type: String,
    /// The media type that JSON and text are sent with: one of the range that the contract leaves open. Of bytes it stays
    /// a range, because each file names its own.
    pub sent: String,
    /// The name of its variant where a body may be of several kinds: `Json`, `Csv`.
    pub name: Name,
    /// How it is read and written.
    pub codec: Codec,
    /// What it holds.
    pub ty: TypeRef,
    /// Named examples.
    pub examples: Vec<Example>,
    /// What the contract says beyond that, by keyword: nothing is generated from it.
    pub unread: Unread,
    /// Whether it is the problem document of RFC 9457 as the runtime has it; see [`Self::is_problem_media`].
    pub problem: bool,
}

/// An example of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name; `example` where it has none.
    pub name: String,
    /// What it shows.
    pub docs: Docs,
    /// The body.
    pub value: serde_json::Value,
}

/// What a contract says that nothing is generated from, by its place: `encoding.file.headers`.
pub type Unread = std::collections::BTreeMap<String, serde_json::Value>;

/// A media type that the contract names and nothing serves: there was a warning.
#[derive(Debug, Clone, PartialEq)]
pub struct Unserved {
    /// The media type, as the contract writes it.
    pub media_type: String,
    /// What the contract says of it, as it is written.
    pub written: serde_json::Value,
}

impl Content {
    /// Whether it is a problem document (RFC 9457), be it the runtime's or one of a schema of its own.
    #[must_use]
    pub fn is_problem_media(&self) -> bool {
        self.media_type == "application/problem+json"
    }

    /// Whether the media type is a range.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.media_type.contains('*')
    }

    /// The media type that it is sent with, and its parameters: from the first semicolon, or nothing.
    #[must_use]
    pub fn sent_type(&self) -> (&str, &str) {
        self.sent.split_at(self.sent.find(';').unwrap_or(self.sent.len()))
    }

    /// Whether it is a range that has a media type, which is written without parameters and in lower case. Of what is
    /// written as JSON only media types of JSON count.
    #[must_use]
    pub fn takes(&self, media_type: &str) -> bool {
        let is_json = || media_type.ends_with("json") || range_has(media_type, self.sent_type().0);
        self.is_range()
            && range_has(&self.media_type, media_type)
            && (self.codec != Codec::Json || is_json())
    }

    /// Whether another one is the same kind of body: the same type in trees, under another media type.
    #[must_use]
    pub fn is_same_kind(&self, other: &Self) -> bool {
        let is_tree = |one: &Self| matches!(one.codec, Codec::Json | Codec::Form(_));
        is_tree(self) && is_tree(other) && self.ty == other.ty
    }

    /// Whether API Gateway must hand it over as base64.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        match &self.codec {
            Codec::Binary => true,
            // A gateway that takes a file for text breaks it.
            Codec::Multipart(_) => true,
            Codec::Json | Codec::Form(_) | Codec::Text => false,
        }
    }
}

/// How a body is read and written.
#[derive(Debug, Clone, PartialEq)]
pub enum Codec {
    /// JSON: `application/json`, `…+json`.
    Json,
    /// `application/x-www-form-urlencoded`
    Form(Form),
    /// `multipart/form-data`
    Multipart(Multipart),
    /// Text: `text/…`, XML, CSV.
    Text,
    /// Bytes.
    Binary,
}

/// A form of names and values.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What the texts stand for.
    pub shape: TextShape,
    /// The properties that are written in another way than is usual.
    pub styles: Vec<(String, Style)>,
}

/// A form of parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Multipart {
    /// The parts, in contract order.
    pub parts: Vec<Part>,
    /// `additionalProperties: false`
    pub closed: bool,
}

/// One part of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: Name,
    /// What it means.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
    /// Whether it must be there.
    pub required: bool,
    /// What the contract gives as its usual value; see [`Self::fallback`].
    pub default: Option<serde_json::Value>,
    /// `x-sensitive: true` here or on its type.
    pub sensitive: bool,
    /// What it holds.
    pub kind: PartKind,
}

impl Part {
    /// What the part holds where it is left out. A required one is never left out: its default only fills values that
    /// are made here.
    #[must_use]
    pub fn fallback(&self) -> Option<&serde_json::Value> {
        self.default.as_ref().filter(|_| !self.required)
    }
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq)]
pub enum PartKind {
    /// A file, or several.
    File(FileRules),
    /// A value.
    Value {
        /// What it holds.
        ty: TypeRef,
        /// How it is written; none for what is plain.
        written: Option<Written>,
    },
}

/// What a contract demands of a file, or of several under one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileRules {
    /// The number of files; none for exactly one.
    pub many: Option<(u64, Option<u64>)>,
    /// `encoding.contentType`: the media types that are taken; empty when any is.
    pub media_types: Vec<String>,
    /// `minLength` and `maxLength`, in bytes.
    pub bytes: (Option<u64>, Option<u64>),
}

/// How a list or an object is written as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The way.
    pub style: Style,
    /// What the texts stand for.
    pub shape: TextShape,
}

/// The ways to write a list or an object as text (OpenAPI, `style` and `explode`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Style {
    /// `form`, exploded: `a=1&a=2`, and an object's properties beside each other.
    Repeated,
    /// As [`Style::Repeated`], with all names that are not those of other parameters.
    Rest(Vec<String>),
    /// The whole query as a form: the properties that are not written as in [`Style::Repeated`].
    Form(Vec<(String, Style)>),
    /// `form`: `a=1,2`
    Commas,
    /// `spaceDelimited`
    Spaces,
    /// `pipeDelimited`
    Pipes,
    /// `deepObject`
    Deep,
    /// `content` with JSON
    Json,
    /// `simple`
    Simple,
    /// `simple`, exploded
    SimpleExploded,
    /// `label`
    Label,
    /// `label`, exploded
    LabelExploded,
    /// `matrix`
    Matrix,
    /// `matrix`, exploded
    MatrixExploded,
}

/// What a text stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextShape {
    /// A string
    Text,
    /// A number
    Number,
    /// `true` or `false`
    Boolean,
    /// A string, or else the number or truth value that its schema asks for
    Any,
    /// A list
    List(Box<TextShape>),
    /// An object: its properties, and what any other is
    Object(Vec<(String, TextShape)>, Box<TextShape>),
    /// Any of several
    Union(Vec<TextShape>),
    /// JSON
    Json,
}
