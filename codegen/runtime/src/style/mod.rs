//! Lists and objects in parameters, cookies and forms: the styles of OpenAPI (Parameter Object, `style` and `explode`).
//!
//! Text says nothing of types, so a [`Shape`] tells which texts stand for numbers, lists and objects. What is read is
//! JSON and is checked as a body is. Owns the spelling only, and knows nothing of requests.

mod read;
mod settle;
mod write;

pub(crate) use read::{Pairs, Undo, as_it_is, grouped, read_lines, read_pairs, read_text, several};
pub(crate) use settle::settle;
pub(crate) use write::{write_lines, write_pairs, write_text};

/// Whether a header never joins its values in one line: a comma may be part of a cookie (RFC 9110, section 5.3).
fn is_line_each(name: &str, style: Style) -> bool {
    name.eq_ignore_ascii_case("set-cookie") && style != Style::Json
}

/// What a text stands for.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A string.
    Text,
    /// A number; a text that is not a number stays a string, which its type refuses.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A string, or else the number or truth value that its schema asks for.
    Any,
    /// A list.
    List(&'static Shape),
    /// An object: its properties, and what any other is.
    Object(&'static [(&'static str, Shape)], &'static Shape),
    /// Any of several: numbers and truth values go before strings, several values are a list.
    Union(&'static [Shape]),
    /// A JSON text.
    Json,
}

/// How a list or an object is written. The second column is what OpenAPI calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a=1&a=2`; an object's properties are parameters of their own (`form`, exploded).
    Repeated,
    /// As [`Style::Repeated`], with all properties that are not the names of other parameters.
    Rest(&'static [&'static str]),
    /// The whole query as a form (`in: querystring`): the properties that are not written as in [`Style::Repeated`].
    Form(&'static [(&'static str, Style)]),
    /// `a=1,2` (`form`).
    Commas,
    /// `a=1%202` (`spaceDelimited`).
    Spaces,
    /// `a=1|2` (`pipeDelimited`).
    Pipes,
    /// `a[b]=1` (`deepObject`).
    Deep,
    /// `a={"b":1}` (`content`).
    Json,
    /// `1,2` and `b,1` (`simple`).
    Simple,
    /// `1,2` and `b=1` (`simple`, exploded).
    SimpleExploded,
    /// `.1,2` and `.b,1` (`label`).
    Label,
    /// `.1.2` and `.b=1` (`label`, exploded).
    LabelExploded,
    /// `;a=1,2` and `;a=b,1` (`matrix`).
    Matrix,
    /// `;a=1;a=2` and `;b=1` (`matrix`, exploded).
    MatrixExploded,
}

impl Style {
    /// What stands between the items of one text.
    fn delimiter(self) -> &'static str {
        match self {
            Self::Spaces => " ",
            Self::Pipes => "|",
            Self::LabelExploded => ".",
            Self::MatrixExploded => ";",
            _ => ",",
        }
    }

    /// Whether an object's properties are written `b=1` within one text.
    fn assigns(self) -> bool {
        matches!(self, Self::SimpleExploded | Self::LabelExploded | Self::MatrixExploded)
    }
}

impl Shape {
    /// The shapes that a value may have.
    fn each(&self) -> &[Shape] {
        match self {
            Self::Union(shapes) => shapes,
            one => std::slice::from_ref(one),
        }
    }

    /// The shape of an item, where lists are possible.
    fn item(&self) -> Option<&'static Shape> {
        self.each().iter().find_map(|shape| match shape {
            Self::List(item) => Some(*item),
            Self::Union(_) => shape.item(),
            _ => None,
        })
    }

    /// The names of all properties that the contract names.
    pub(crate) fn properties(&self) -> Vec<&'static str> {
        let properties = self.each().iter().flat_map(|shape| match shape {
            Self::Object(properties, _) => properties.iter().map(|(name, _)| *name).collect(),
            Self::Union(_) => shape.properties(),
            _ => vec![],
        });
        properties.collect()
    }

    /// What a property is, where objects are possible; of several objects the first that names it.
    pub(crate) fn property(&self, name: &str) -> Option<&'static Shape> {
        let mut other = None;
        for shape in self.each() {
            let found = match shape {
                Self::Object(properties, others) => {
                    match properties.iter().find(|(known, _)| *known == name) {
                        Some((_, shape)) => return Some(shape),
                        None => Some(*others),
                    }
                }
                Self::Union(_) => shape.property(name),
                _ => None,
            };
            other = other.or(found);
        }
        other
    }

    /// Whether objects are possible.
    fn is_object(&self) -> bool {
        self.may_be(|shape| matches!(shape, Self::Object(..)))
    }

    /// Whether scalars are possible.
    fn is_scalar(&self) -> bool {
        self.may_be(|shape| matches!(shape, Self::Text | Self::Number | Self::Boolean | Self::Any))
    }

    /// Whether a text may stand for a value of a kind.
    fn may_be(&self, wanted: fn(&Shape) -> bool) -> bool {
        self.each().iter().any(|shape| match shape {
            Self::Union(_) => shape.may_be(wanted),
            shape => wanted(shape),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::borrow::Cow;

    use serde_json::json;

    use super::*;
    use crate::Json;

    const SIZE: Shape = Shape::Object(
        &[("min", Shape::Number), ("on", Shape::Boolean), ("name", Shape::Text)],
        &Shape::Text,
    );
    const NUMBERS: Shape = Shape::List(&Shape::Number);

    fn pairs(list: &[(&str, &str)]) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
        list.iter()
            .map(|(a, b)| (Cow::Owned((*a).to_owned()), Cow::Owned((*b).to_owned())))
            .collect()
    }

    /// A value is written as OpenAPI's table of styles has it, and is read back.
    #[track_caller]
    fn both_ways(style: Style, shape: &Shape, value: &Json, written: &[(&str, &str)]) {
        let found = write_pairs("a", style, value);
        let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, written);
        assert_eq!(read_pairs(&pairs(written), "a", style, shape), Ok(Some(value.clone())));
    }

    #[track_caller]
    fn text(style: Style, shape: &Shape, value: &Json, written: &str) {
        assert_eq!(write_text("a", style, value), written);
        assert_eq!(read_text(written, "a", style, shape, read::as_it_is), Ok(value.clone()));
    }

    #[test]
    fn a_number_has_no_blanks_around_it() {
        for blank in [" 1", "1 ", "\t1", "1\n"] {
            let read = read_text(blank, "a", Style::Simple, &Shape::Number, read::as_it_is);
            assert_eq!(read, Ok(Json::from(blank)));
        }
    }

    #[test]
    fn pairs_are_spelled_as_openapi_has_them() {
        let (list, object) =
            (Json::from(json!([1, 2.5])), Json::from(json!({"min": 1, "on": true, "name": "x"})));
        both_ways(Style::Repeated, &NUMBERS, &list, &[("a", "1"), ("a", "2.5")]);
        both_ways(Style::Commas, &NUMBERS, &list, &[("a", "1,2.5")]);
        both_ways(Style::Spaces, &NUMBERS, &list, &[("a", "1 2.5")]);
        both_ways(Style::Pipes, &NUMBERS, &list, &[("a", "1|2.5")]);
        let written = [("min", "1"), ("name", "x"), ("on", "true")];
        both_ways(Style::Repeated, &SIZE, &object, &written);
        both_ways(Style::Rest(&["other"]), &SIZE, &object, &written);
        both_ways(Style::Commas, &SIZE, &object, &[("a", "min,1,name,x,on,true")]);
        both_ways(Style::Pipes, &SIZE, &object, &[("a", "min|1|name|x|on|true")]);
        both_ways(
            Style::Deep,
            &SIZE,
            &object,
            &[("a[min]", "1"), ("a[name]", "x"), ("a[on]", "true")],
        );
        both_ways(
            Style::Json,
            &Shape::Json,
            &object,
            &[("a", r#"{"min":1,"name":"x","on":true}"#)],
        );
    }

    #[test]
    fn texts_are_spelled_as_openapi_has_them() {
        let (list, object) =
            (Json::from(json!([1, 2])), Json::from(json!({"min": 1, "on": false})));
        text(Style::Simple, &NUMBERS, &list, "1,2");
        text(Style::Simple, &SIZE, &object, "min,1,on,false");
        text(Style::SimpleExploded, &SIZE, &object, "min=1,on=false");
        text(Style::Label, &NUMBERS, &list, ".1,2");
        text(Style::LabelExploded, &NUMBERS, &list, ".1.2");
        text(Style::LabelExploded, &SIZE, &object, ".min=1.on=false");
        text(Style::Matrix, &NUMBERS, &list, ";a=1,2");
        text(Style::MatrixExploded, &NUMBERS, &list, ";a=1;a=2");
        text(Style::MatrixExploded, &SIZE, &object, ";min=1;on=false");
        text(Style::Matrix, &Shape::Number, &json!(7).into(), ";a=7");
        text(Style::Label, &Shape::Text, &json!("x").into(), ".x");
    }

    #[test]
    fn what_lies_deeper_is_found() {
        const DEEP: Shape = Shape::Object(&[("b", SIZE), ("tags", NUMBERS)], &Shape::Text);
        let sent =
            [("a[b][min]", "1"), ("a[tags][]", "1"), ("a[tags][]", "2"), ("a[c]", "x"), ("b", "")];
        let read = read_pairs(&pairs(&sent), "a", Style::Deep, &DEEP);
        assert_eq!(read, Ok(Some(Json::from(json!({"b": {"min": 1}, "tags": [1, 2], "c": "x"})))));
        let sent = [("a[tags][1]", "2"), ("a[tags][0]", "1")];
        let read = read_pairs(&pairs(&sent), "a", Style::Deep, &DEEP);
        assert_eq!(read, Ok(Some(Json::from(json!({"tags": [1, 2]})))));
        let many = format!("a{}", "[b]".repeat(40));
        assert!(read_pairs(&pairs(&[(&many, "1")]), "a", Style::Deep, &DEEP).is_err());
        assert!(read_pairs(&pairs(&[("a[b", "1")]), "a", Style::Deep, &DEEP).is_err());
    }

    #[test]
    fn a_whole_query_has_a_style_for_each_property() {
        const QUERY: Shape = Shape::Object(
            &[("sort", Shape::List(&Shape::Text)), ("point", SIZE), ("filter", Shape::Json)],
            &Shape::Text,
        );
        let style =
            Style::Form(&[("sort", Style::Pipes), ("point", Style::Deep), ("filter", Style::Json)]);
        let value =
            json!({"filter": {"a": [1]}, "point": {"min": 1}, "sort": ["a", "b"], "x": "y"});
        let written =
            [("filter", r#"{"a":[1]}"#), ("point[min]", "1"), ("sort", "a|b"), ("x", "y")];
        both_ways(style, &QUERY, &Json::from(value), &written);
        assert_eq!(read_pairs(&[], "a", style, &QUERY), Ok(None));
    }

    #[test]
    fn unions_take_the_narrowest_kind() {
        const ANY: Shape =
            Shape::Union(&[Shape::Text, Shape::Number, Shape::Boolean, Shape::List(&Shape::Text)]);
        let read = |sent: &[(&str, &str)]| {
            read_pairs(&pairs(sent), "a", Style::Repeated, &ANY).unwrap().unwrap()
        };
        assert_eq!(read(&[("a", "5")]), Json::from(json!(5)));
        assert_eq!(read(&[("a", "true")]), Json::from(json!(true)));
        assert_eq!(read(&[("a", "five")]), Json::from(json!("five")));
        assert_eq!(read(&[("a", "5"), ("a", "6")]), Json::from(json!(["5", "6"])));
    }

    #[test]
    fn cookies_have_a_line_each() {
        let list = Shape::List(&Shape::Text);
        let read = |lines: &[&str], shape| read_lines(lines, "set-cookie", Style::Simple, shape);
        let two = Json::parse(r#"["a=1; Expires=Wed, 09 Jun", "b=2"]"#).unwrap();
        assert_eq!(
            write_lines("Set-Cookie", Style::Simple, &two),
            ["a=1; Expires=Wed, 09 Jun", "b=2"]
        );
        assert_eq!(read(&["a=1; Expires=Wed, 09 Jun", "b=2"], &list), Ok(Some(two)));
        let object = Json::parse(r#"{"a": "1; Path=/", "b": "2"}"#).unwrap();
        assert_eq!(write_lines("Set-Cookie", Style::Simple, &object), ["a=1; Path=/", "b=2"]);
        assert_eq!(
            read(&["a=1; Path=/", "b=2"], &Shape::Object(&[], &Shape::Text)),
            Ok(Some(object))
        );
        assert_eq!(read(&[], &list), Ok(None));
        assert!(read(&["a"], &Shape::Object(&[], &Shape::Text)).is_err());
    }

    #[test]
    fn what_is_not_there_is_nothing_and_what_is_odd_is_told() {
        let read = |sent: &[(&str, &str)], style, shape: &Shape| {
            read_pairs(&pairs(sent), "a", style, shape)
        };
        for style in [Style::Repeated, Style::Commas, Style::Deep, Style::Json] {
            assert_eq!(read(&[("b", "1")], style, &SIZE), Ok(None));
        }
        assert!(read(&[("a", "min,1,on")], Style::Commas, &SIZE).is_err());
        assert!(read(&[("a", "1"), ("a", "2")], Style::Commas, &SIZE).is_err());
        assert!(read(&[("a", "{")], Style::Json, &SIZE).is_err());
        assert!(read(&[("min", "1"), ("min", "2")], Style::Repeated, &SIZE).is_err());
        assert!(read_text("1", "a", Style::Matrix, &NUMBERS, read::as_it_is).is_err());
        assert!(read_text("1", "a", Style::Label, &NUMBERS, read::as_it_is).is_err());
    }
}
