//! One parameter of a request, or one part of a form: the texts that stand for it, and what they are read as.

use std::borrow::Cow;

use scalars::percent::decode_text;

use crate::style::{Shape, Style, Undo, as_it_is, read_pairs, read_text, settle};
use crate::{At, Decode, Json, Reader, Request, Violations, decode_default};

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterPlace {
    Path,
    Query,
    Header,
    Cookie,
    /// A cookie as it was sent.
    RawCookie,
}

/// One parameter with the texts that stand for it.
#[derive(Debug)]
pub struct Parameter<'p, 'a> {
    pointer: String,
    name: &'static str,
    from: Origin<'a>,
    values: Values<'a>,
    out: &'p mut Violations,
}

/// Where a parameter comes from.
#[derive(Debug)]
enum Origin<'a> {
    Request(ParameterPlace, &'a Request),
    /// A part of a form; all of its texts by name.
    Pairs(Vec<(Cow<'a, str>, Cow<'a, str>)>),
}

/// What stands for a parameter.
#[derive(Debug)]
enum Values<'a> {
    Texts(Vec<Cow<'a, str>>),
    List(Vec<Cow<'a, str>>),
    Tree(Json, Shape),
    Absent,
    /// What is wrong has been told.
    Wrong,
}

impl<'p, 'a> Parameter<'p, 'a> {
    /// The parameter of this name at a place of a request.
    pub(super) fn of(
        request: &'a Request,
        place: ParameterPlace,
        name: &'static str,
        out: &'p mut Violations,
    ) -> Self {
        let (location, texts): (_, Vec<_>) = match place {
            ParameterPlace::Path => ("path", request.path_parameter(name).into_iter().collect()),
            ParameterPlace::Query => ("query", request.query(name).map(Cow::Borrowed).collect()),
            ParameterPlace::Header => {
                let values = request.header(name).map(|text| Cow::Borrowed(text.trim()));
                ("header", values.collect())
            }
            ParameterPlace::Cookie => {
                let cookies = request.cookies().filter(|(known, _)| known == name);
                ("cookie", cookies.map(|(_, value)| value).collect())
            }
            ParameterPlace::RawCookie => {
                let cookies = request.raw_cookies().filter(|(known, _)| *known == name);
                ("cookie", cookies.map(|(_, value)| Cow::Borrowed(value)).collect())
            }
        };
        let (from, values) = (Origin::Request(place, request), Values::Texts(texts));
        Self { pointer: pointer(location, name), name, from, values, out }
    }

    /// A parameter out of pairs, such as the parts of a form.
    pub(crate) fn of_pairs(
        place: &str,
        name: &'static str,
        pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
        out: &'p mut Violations,
    ) -> Self {
        let texts = pairs.iter().filter(|(known, _)| known == name).map(|(_, text)| text.clone());
        let values = Values::Texts(texts.collect());
        Self { pointer: pointer(place, name), name, from: Origin::Pairs(pairs), values, out }
    }

    /// The same parameter as a list of which each item is given by itself: `tag=a&tag=b`.
    #[must_use]
    pub fn repeated(self) -> Self {
        let values = match self.values {
            Values::Texts(texts) if !texts.is_empty() => Values::List(texts),
            other => other,
        };
        Self { values, ..self }
    }

    /// The same parameter as a list with commas between the items: `tag=a,b`.
    #[must_use]
    pub fn separated(self) -> Self {
        // An item in a path may hold an encoded comma.
        let raw = match &self.from {
            Origin::Request(ParameterPlace::Path, request) => request.raw_path_parameter(self.name),
            _ => None,
        };
        // Many clients encode the commas between items too.
        let raw = raw.filter(|raw| raw.contains(','));
        let texts: Vec<Cow<'a, str>> = match (raw, self.values) {
            (Some(raw), _) => raw.split(',').map(decode_text).collect(),
            // A list of nothing is written as nothing.
            (None, Values::Texts(texts)) if matches!(texts.as_slice(), [only] if only.is_empty()) =>
            {
                return Self { values: Values::Tree(Json::Array(vec![]), Shape::Text), ..self };
            }
            (None, Values::Texts(texts)) => {
                let split = |text: &Cow<'_, str>| -> Vec<Cow<'a, str>> {
                    text.split(',').map(|item| Cow::Owned(item.trim().to_owned())).collect()
                };
                texts.iter().flat_map(split).collect()
            }
            (None, other) => return Self { values: other, ..self },
        };
        let values = if texts.is_empty() { Values::Absent } else { Values::List(texts) };
        Self { values, ..self }
    }

    /// The same parameter as a list or an object that is written in this way.
    #[must_use]
    pub fn styled(self, style: Style, shape: Shape) -> Self {
        let read = match &self.from {
            Origin::Pairs(pairs) => read_pairs(pairs, self.name, style, &shape),
            Origin::Request(ParameterPlace::Query, request) => {
                read_pairs(&request.query_pairs(), self.name, style, &shape)
            }
            Origin::Request(ParameterPlace::Cookie, request) => {
                let cookies: Vec<_> = request.cookies().collect();
                read_pairs(&cookies, self.name, style, &shape)
            }
            Origin::Request(ParameterPlace::RawCookie, request) => {
                let cookies = request.raw_cookies();
                let cookies: Vec<(Cow<'_, str>, Cow<'_, str>)> =
                    cookies.map(|(name, value)| (name.into(), value.into())).collect();
                read_pairs(&cookies, self.name, style, &shape)
            }
            Origin::Request(place, request) => {
                let text = match place {
                    ParameterPlace::Path => {
                        request.raw_path_parameter(self.name).map(Cow::Borrowed)
                    }
                    _ => request.joined_header(self.name),
                };
                let undo: Undo =
                    if *place == ParameterPlace::Path { decode_text } else { as_it_is };
                text.map(|text| read_text(&text, self.name, style, &shape, undo)).transpose()
            }
        };
        let values = match read {
            Ok(Some(value)) => Values::Tree(value, shape),
            Ok(None) => Values::Absent,
            Err(why) => {
                self.out.add(self.pointer.as_str(), why);
                Values::Wrong
            }
        };
        Self { values, ..self }
    }

    /// The value of a parameter that must be there.
    pub fn required<T: Decode>(self) -> Option<T> {
        self.required_as(T::decode)
    }

    /// As [`Parameter::required`], read by a function that knows rules which its type does not.
    pub fn required_as<T>(self, read: impl Reader<T>) -> Option<T> {
        if self.is_absent() {
            self.out.missing(self.pointer);
            return None;
        }
        self.read(read)
    }

    /// The value of a parameter that may be absent.
    pub fn optional<T: Decode>(self) -> Option<Option<T>> {
        self.optional_as(T::decode)
    }

    /// As [`Parameter::optional`], read by a function that knows rules which its type does not.
    pub fn optional_as<T>(self, read: impl Reader<T>) -> Option<Option<T>> {
        if self.is_absent() { Some(None) } else { self.read(read).map(Some) }
    }

    /// The value of a parameter that holds a default, written as JSON, when it is absent.
    pub fn or<T: Decode>(self, default: &str) -> Option<T> {
        self.or_as(default, T::decode)
    }

    /// As [`Parameter::or`], read by a function that knows rules which its type does not.
    pub fn or_as<T>(self, default: &str, read: impl Reader<T>) -> Option<T> {
        if self.is_absent() {
            decode_default(&self.pointer, default, self.out, read)
        } else {
            self.read(read)
        }
    }

    fn is_absent(&self) -> bool {
        match &self.values {
            Values::Texts(texts) | Values::List(texts) => texts.is_empty(),
            Values::Absent => true,
            Values::Tree(..) | Values::Wrong => false,
        }
    }

    fn read<T>(self, read: impl Reader<T>) -> Option<T> {
        match self.values {
            Values::List(texts) => {
                let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
                read(&At::texts(&self.pointer, &texts), self.out)
            }
            Values::Texts(texts) => match texts.as_slice() {
                [text] => read(&At::text(&self.pointer, text), self.out),
                _ => {
                    let n = texts.len();
                    self.out.add(self.pointer, format!("found {n} values, expected one"));
                    None
                }
            },
            Values::Tree(value, shape) => settle(&self.pointer, value, &shape, self.out, read),
            Values::Absent | Values::Wrong => None,
        }
    }
}

/// `/query/limit`; a name's own slashes and tildes are escaped (RFC 6901).
pub(crate) fn pointer(location: &str, name: &str) -> String {
    format!("/{location}/{}", scalars::pointer::escape(name))
}
