//! How a use of a type is written in Rust, and how it is read where its own `Decode` does not know all rules.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Scope;
use crate::model::{ListType, MapType, ScalarKind, TypeDef, TypeKind, TypeRef};

impl Scope<'_> {
    /// The Rust type of a use: `Vec<LineItem>`, `Option<Uuid>`, `ProductName`.
    pub(crate) fn rust_type(&self, ty: &TypeRef) -> TokenStream {
        match ty {
            TypeRef::Named(id) => self.model(*id),
            TypeRef::Scalar(kind) => self.scalar(*kind),
            TypeRef::List(list) => self.generic("std::vec", "Vec", &self.rust_type(&list.item)),
            TypeRef::Map(map) => self.map_of(&map.value),
            TypeRef::Json => self.runtime("Json"),
            TypeRef::Nullable(inner) => self.option(&self.rust_type(inner)),
            TypeRef::Boxed(inner) => self.generic("std::boxed", "Box", &self.rust_type(inner)),
        }
    }

    /// The Rust type of a property or parameter: `Option` where it may be absent, `Maybe` where it may be `null` too,
    /// `Sensitive` where the type would not hide itself.
    pub(crate) fn field_type(
        &self,
        ty: &TypeRef,
        required: bool,
        has_default: bool,
        sensitive: bool,
    ) -> TokenStream {
        let presence = Presence::of(self, ty, required, has_default);
        let inner = self.not_null(ty);
        let mut written = self.rust_type(inner);
        if sensitive && !self.hides_itself(inner) {
            let wrapper = self.runtime("Sensitive");
            written = quote!(#wrapper<#written>);
        }
        match presence {
            Presence::Always { nullable: false } => written,
            Presence::Always { nullable: true } | Presence::Optional => self.option(&written),
            Presence::Maybe => {
                let maybe = self.runtime("Maybe");
                quote!(#maybe<#written>)
            }
        }
    }

    /// The Rust type of a scalar without rules.
    pub(crate) fn scalar(&self, kind: ScalarKind) -> TokenStream {
        match kind {
            ScalarKind::String => self.prelude("std::string", "String"),
            ScalarKind::Boolean => quote!(bool),
            ScalarKind::Int32 => quote!(i32),
            ScalarKind::Int64 => quote!(i64),
            ScalarKind::Integer => quote!(i128),
            ScalarKind::Double => quote!(f64),
            ScalarKind::Decimal => self.runtime("Decimal"),
            ScalarKind::DecimalString => self.runtime("DecimalString"),
            ScalarKind::Uuid => self.runtime("Uuid"),
            ScalarKind::DateTime => self.runtime("Timestamp"),
            ScalarKind::Date => self.runtime("Date"),
            ScalarKind::Bytes => self.runtime("Bytes"),
        }
    }

    /// `Option<…>`
    pub(crate) fn option(&self, inner: &TokenStream) -> TokenStream {
        self.generic("std::option", "Option", inner)
    }

    /// `BTreeMap<String, …>`
    pub(super) fn map_of(&self, value: &TypeRef) -> TokenStream {
        let (map, key) =
            (self.from("std::collections", "BTreeMap"), self.scalar(ScalarKind::String));
        let value = self.rust_type(value);
        quote!(#map<#key, #value>)
    }

    fn generic(&self, module: &str, name: &str, inner: &TokenStream) -> TokenStream {
        let name = self.prelude(module, name);
        quote!(#name<#inner>)
    }

    /// The function that reads a use with all its rules; `None` where `Decode` of the Rust type is enough.
    pub(crate) fn reader(&self, ty: &TypeRef) -> Option<TokenStream> {
        match ty {
            TypeRef::Scalar(_) | TypeRef::Json => None,
            TypeRef::Named(id) => {
                let def = self.service.type_def(*id);
                let read = match &def.kind {
                    TypeKind::Alias(target) => self.reader(target),
                    _ => None,
                };
                // Objects and unions check themselves.
                let name = def.schema.as_ref().filter(|_| !super::has_own_file(def));
                let read = match name {
                    Some(name) => {
                        let schemas = self.schemas();
                        let read = read.unwrap_or_else(|| self.plain_reader());
                        quote!(runtime::checked(&#schemas, #name, #read))
                    }
                    None => read?,
                };
                Some(if def.sensitive { quote!(runtime::secret(#read)) } else { read })
            }
            TypeRef::List(list) => self.list_reader(list),
            TypeRef::Map(map) => self.map_reader(map),
            TypeRef::Nullable(inner) => {
                self.reader(inner).map(|read| quote!(runtime::nullable(#read)))
            }
            TypeRef::Boxed(inner) => self.reader(inner).map(|read| quote!(runtime::boxed(#read))),
        }
    }

    /// `Decode::decode`
    fn plain_reader(&self) -> TokenStream {
        let decode = self.runtime("Decode");
        quote!(#decode::decode)
    }

    /// `SCHEMAS.check("Pet", at, out)?;` for a type that does not express its schema.
    pub(super) fn check(&self, def: &TypeDef) -> Option<TokenStream> {
        let (name, schemas) = (def.schema.as_ref()?, self.schemas());
        Some(quote!(#schemas.check(#name, at, out)?;))
    }

    fn list_reader(&self, list: &ListType) -> Option<TokenStream> {
        if !has_rules(list) && self.reader(&list.item).is_none() {
            return None;
        }
        Some(self.list_reader_by(list, &self.list_rules(list)))
    }

    /// The function that reads a list by rules that are written as an expression.
    pub(super) fn list_reader_by(&self, list: &ListType, rules: &TokenStream) -> TokenStream {
        match self.reader(&list.item) {
            Some(read) => quote!(runtime::list_of(#rules, #read)),
            None => quote!(runtime::list(#rules)),
        }
    }

    /// What a contract demands of a list as a whole, as an expression.
    pub(super) fn list_rules(&self, list: &ListType) -> TokenStream {
        let rules = self.runtime("ListRules");
        let min = list.min_items.map(unsuffixed).map(|min| quote!(.min_items(#min)));
        let max = list.max_items.map(unsuffixed).map(|max| quote!(.max_items(#max)));
        let unique = list.unique.then(|| quote!(.unique_items()));
        quote!(#rules::new() #min #max #unique)
    }

    fn map_reader(&self, map: &MapType) -> Option<TokenStream> {
        let value = self.reader(&map.value);
        if map.min_properties.is_none() && map.max_properties.is_none() && value.is_none() {
            return None;
        }
        let (min, max) = (bound(map.min_properties), bound(map.max_properties));
        Some(match value {
            Some(read) => quote!(runtime::map_of(#min, #max, #read)),
            None => quote!(runtime::map(#min, #max)),
        })
    }

    /// A use without the `null` that its Rust type would hold, aliases seen through.
    pub(crate) fn not_null<'b>(&'b self, ty: &'b TypeRef) -> &'b TypeRef {
        match ty {
            TypeRef::Nullable(inner) => inner,
            TypeRef::Named(id) => match &self.service.type_def(*id).kind {
                TypeKind::Alias(target) if self.is_nullable(target) => self.not_null(target),
                _ => ty,
            },
            _ => ty,
        }
    }

    /// Whether `null` is a value of the type.
    pub(crate) fn is_nullable(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Nullable(_) => true,
            TypeRef::Named(id) => match &self.service.type_def(*id).kind {
                TypeKind::Alias(target) => self.is_nullable(target),
                _ => false,
            },
            _ => false,
        }
    }

    /// The function that reads a sensitive value of a type, made of the one that reads any.
    pub(crate) fn guarded(&self, ty: &TypeRef, sensitive: bool, read: TokenStream) -> TokenStream {
        let hides = sensitive && !self.hides_itself(ty);
        if hides { quote!(runtime::secret(#read)) } else { read }
    }

    /// Whether `Debug` of the type keeps the value to itself.
    pub(crate) fn hides_itself(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.service.type_def(*id).sensitive,
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.hides_itself(inner),
            TypeRef::List(list) => self.hides_itself(&list.item),
            _ => false,
        }
    }
}

/// Whether a contract demands something of a list as a whole.
pub(super) fn has_rules(list: &ListType) -> bool {
    list.unique || list.min_items.is_some() || list.max_items.is_some()
}

/// Whether a property is there, and how Rust says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// It always has a value, which may be `null`.
    Always { nullable: bool },
    /// It may be absent.
    Optional,
    /// It may be absent, and it may be `null`.
    Maybe,
}

impl Presence {
    pub(super) fn of(scope: &Scope<'_>, ty: &TypeRef, required: bool, has_default: bool) -> Self {
        match (required || has_default, scope.is_nullable(ty)) {
            (true, nullable) => Self::Always { nullable },
            (false, false) => Self::Optional,
            (false, true) => Self::Maybe,
        }
    }
}

/// `Some(1)` or `None`
pub(super) fn bound(value: Option<u64>) -> TokenStream {
    match value.map(unsuffixed) {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// A number without a suffix, as one writes it by hand.
pub(super) fn unsuffixed(value: u64) -> Literal {
    Literal::u64_unsuffixed(value)
}
