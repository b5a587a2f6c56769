//! How a parameter's value is written as text (OpenAPI, `style` and `explode`), by an example.

use super::markdown::code;
use crate::model::{Parameter, ParameterLocation, Service, Style, TypeKind, TypeRef};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scalar,
    List,
    Object,
}

/// How a parameter is written, as code; nothing where there is only one way.
pub(super) fn written(service: &Service, parameter: &Parameter) -> Option<String> {
    if parameter.style == Style::Json {
        return Some("JSON".to_owned());
    }
    let (name, kind) = (parameter.name.wire.as_str(), kind(service, &parameter.ty));
    let separator = match parameter.location {
        ParameterLocation::Cookie => "; ",
        _ => "&",
    };
    shown(&parameter.style, kind, name, separator).map(|text| code(&text))
}

fn shown(style: &Style, kind: Kind, name: &str, separator: &str) -> Option<String> {
    use Kind::{List, Object, Scalar};
    Some(match (style, kind) {
        (Style::Label | Style::LabelExploded, Scalar) => ".1".to_owned(),
        (Style::Matrix | Style::MatrixExploded, Scalar) => format!(";{name}=1"),
        (Style::Repeated, List) => format!("{name}=1{separator}{name}=2"),
        (Style::Repeated | Style::Rest(_), Object) => format!("a=1{separator}b=2"),
        (Style::Commas, List) => format!("{name}=1,2"),
        (Style::Commas, Object) => format!("{name}=a,1,b,2"),
        (Style::Spaces, List) => format!("{name}=1%202"),
        (Style::Spaces, Object) => format!("{name}=a%201%20b%202"),
        (Style::Pipes, List) => format!("{name}=1%7C2"),
        (Style::Pipes, Object) => format!("{name}=a%7C1%7Cb%7C2"),
        (Style::Deep, _) => format!("{name}[a]=1{separator}{name}[b]=2"),
        (Style::Simple | Style::SimpleExploded, List) => "1,2".to_owned(),
        (Style::Simple, Object) => "a,1,b,2".to_owned(),
        (Style::SimpleExploded, Object) => "a=1,b=2".to_owned(),
        (Style::Label, List) => ".1,2".to_owned(),
        (Style::Label, Object) => ".a,1,b,2".to_owned(),
        (Style::LabelExploded, List) => ".1.2".to_owned(),
        (Style::LabelExploded, Object) => ".a=1.b=2".to_owned(),
        (Style::Matrix, List) => format!(";{name}=1,2"),
        (Style::Matrix, Object) => format!(";{name}=a,1,b,2"),
        (Style::MatrixExploded, List) => format!(";{name}=1;{name}=2"),
        (Style::MatrixExploded, Object) => ";a=1;b=2".to_owned(),
        _ => return None,
    })
}

fn kind(service: &Service, ty: &TypeRef) -> Kind {
    match ty {
        TypeRef::List(_) => Kind::List,
        TypeRef::Map(_) => Kind::Object,
        TypeRef::Scalar(_) | TypeRef::Json => Kind::Scalar,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => kind(service, inner),
        TypeRef::Named(id) => match &service.type_def(*id).kind {
            TypeKind::Struct(_) => Kind::Object,
            TypeKind::Alias(ty) => kind(service, ty),
            TypeKind::Enum(_) | TypeKind::Newtype(_) | TypeKind::Union(_) => Kind::Scalar,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_openapi_says() {
        let text = |style: &Style, kind| shown(style, kind, "p", "&").unwrap_or_default();
        assert_eq!(text(&Style::Repeated, Kind::Scalar), "");
        assert_eq!(text(&Style::Repeated, Kind::List), "p=1&p=2");
        assert_eq!(text(&Style::Commas, Kind::Object), "p=a,1,b,2");
        assert_eq!(text(&Style::Deep, Kind::Object), "p[a]=1&p[b]=2");
        assert_eq!(text(&Style::Matrix, Kind::Scalar), ";p=1");
        assert_eq!(shown(&Style::Repeated, Kind::List, "p", "; "), Some("p=1; p=2".to_owned()));
    }
}
