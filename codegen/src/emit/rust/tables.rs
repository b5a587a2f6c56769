//! The tables of a service: a handle that holds all of them, their keys, and what makes a type the item of a table.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{doc, doc_of, lines_doc};
use super::forms::resolved;
use super::types::{Scope, field_words, ident};
use crate::model::{
    Additional, Docs, Field, FixedKey, Idempotency, Index, KeyAttribute, KeySchema, ScalarKind,
    Service, StreamView, Table, TableId, TypeId, TypeKind, TypeRef,
};
use crate::text::{FileSet, rust_file};

/// `src/tables.rs`; nothing for a service without tables.
pub(super) fn emit_tables(service: &Service, files: &mut FileSet) {
    if service.tables.is_empty() {
        return;
    }
    let objects = objects(service);
    let keys = service.tables.iter().map(|table| key_name(service, table));
    let fields = objects.iter().map(|id| fields_name(service, *id));
    let indexes = service.tables.iter().map(|table| indexes_name(service, table));
    let scope = Scope::new(service, "crate::model")
        .reserving(keys.chain(fields).chain(indexes).chain(["Tables".to_owned()]));
    let mut items = vec![emit_handle(&scope)];
    items.extend(service.tables.iter().flat_map(|table| emit_table(&scope, table)));
    let read =
        service.tables.iter().enumerate().filter(|(at, _)| reads_keys(service, TableId(*at)));
    items.extend(read.map(|(_, table)| emit_key_decode(&scope, table)));
    items.extend(service.tables.iter().flat_map(|table| emit_indexes(&scope, table)));
    items.extend(objects.iter().flat_map(|id| emit_fields(&scope, *id)));
    items.insert(0, scope.imports());
    let head = vec![format!("The tables of the {} service.", service.name.wire)];
    files.insert(format!("{}/src/tables.rs", service.name.kebab), rust_file(&head, items));
}

/// `ProductKey`
pub(super) fn key_name(service: &Service, table: &Table) -> String {
    format!("{}Key", service.type_def(table.item).name.pascal)
}

/// `ProductIndexes`
pub(super) fn indexes_name(service: &Service, table: &Table) -> String {
    format!("{}Indexes", service.type_def(table.item).name.pascal)
}

/// `ProductFields`
pub(super) fn fields_name(service: &Service, id: TypeId) -> String {
    format!("{}Fields", service.type_def(id).name.pascal)
}

/// The items of tables and the objects within them, each once, unless a type is called like the names of its
/// attributes.
fn objects(service: &Service) -> Vec<TypeId> {
    let mut all: Vec<TypeId> = service.tables.iter().map(|table| table.item).collect();
    let mut at = 0;
    while let Some(id) = all.get(at).copied() {
        at += 1;
        for field in fields_of(service, id) {
            if let Some(inner) = object(service, &field.ty)
                && !all.contains(&inner)
                && !service.types.iter().any(|one| one.name.pascal == fields_name(service, inner))
            {
                all.push(inner);
            }
        }
    }
    all
}

fn fields_of(service: &Service, id: TypeId) -> &[Field] {
    match &service.type_def(id).kind {
        TypeKind::Struct(ty) => &ty.fields,
        _ => &[],
    }
}

/// The object that a use of a type holds itself.
fn object(service: &Service, ty: &TypeRef) -> Option<TypeId> {
    match resolved(service, ty) {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => object(service, inner),
        TypeRef::Named(id) if !fields_of(service, *id).is_empty() => Some(*id),
        _ => None,
    }
}

/// The names of attributes, each with its type.
fn emit_fields(scope: &Scope<'_>, id: TypeId) -> [TokenStream; 2] {
    let name = format_ident!("{}", fields_name(scope.service, id));
    let (item, field_type) = (scope.model(id), scope.runtime("Field"));
    let table = scope.service.tables.iter().find(|table| table.item == id);
    let constants = fields_of(scope.service, id).iter().map(|field| {
        let (constant, wire) = (ident(&field.name.screaming), &field.name.wire);
        let attribute = table.map_or(wire.as_str(), |table| table.attribute(wire));
        let ty = scope.rust_type(scope.not_null(&field.ty));
        let docs = doc_of(&Docs::default(), &field_words(scope, field), &[]);
        quote!(#docs pub const #constant: #field_type<#item, #ty> = #field_type::new(&[#attribute]);)
    });
    let item_name = &scope.service.type_def(id).name.pascal;
    let docs = lines_doc(&[format!(
        "The attributes of [`{item_name}`], for conditions, filters and updates."
    )]);
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #name;
    };
    [definition, quote!(impl #name { #(#constants)* })]
}

fn emit_handle(scope: &Scope<'_>) -> TokenStream {
    let tables = &scope.service.tables;
    let (aws, table_type) = (scope.runtime("Aws"), scope.runtime("Table"));
    let fields = tables.iter().map(|table| {
        let (name, item) = (ident(&table.handle.snake), scope.model(table.item));
        let fact = [("Variable", format!("`{}`", variable(table)))];
        let docs = doc(&table.docs, &table.name.wire, &fact, &table.origin);
        quote!(#docs pub #name: #table_type<#item>,)
    });
    let values = tables.iter().map(|table| {
        let name = ident(&table.handle.snake);
        quote!(#name: #table_type::new(aws))
    });
    let docs = lines_doc(&["The tables of the service. Cheap to clone."]);
    let new =
        lines_doc(&["Creates the tables with the names in the function's environment variables."]);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Tables { #(#fields)* }

        impl Tables {
            #new
            #[must_use]
            pub fn new(aws: &#aws) -> Self {
                Self { #(#values),* }
            }
        }
    }
}

/// The variable of the environment that holds a table's name.
fn variable(table: &Table) -> String {
    format!("{}_TABLE", table.name.screaming)
}

fn emit_table(scope: &Scope<'_>, table: &Table) -> [TokenStream; 3] {
    let item = scope.model(table.item);
    let key = format_ident!("{}", key_name(scope.service, table));
    let attributes: Vec<&KeyAttribute> = table.key.parts().collect();
    let fields = attributes.iter().map(|attribute| {
        let (name, ty) = (ident(&attribute.name.snake), scope.rust_type(&attribute.ty));
        let mut fields = fields_of(scope.service, table.item).iter();
        let field = fields.find(|field| field.name.wire == attribute.name.wire);
        let says = field.map(|field| field_words(scope, field)).unwrap_or_default();
        let docs = doc_of(&Docs::default(), &says, &[]);
        quote!(#docs pub #name: #ty,)
    });
    let docs = lines_doc(&[
        format!("The primary key of [`{}`].", scope.service.type_def(table.item).name.pascal),
        String::new(),
        format!("- **Source** `{}`", table.origin.pointer),
    ]);
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #key { #(#fields)* }
    };
    let part = |attribute: &&KeyAttribute| {
        let (name, stored) = (ident(&attribute.name.snake), &attribute.stored);
        match &attribute.around {
            None => quote!(#stored, &self.#name),
            Some((before, behind)) => {
                quote!(#stored, &runtime::composed_key(#before, &self.#name, #behind))
            }
        }
    };
    let fixed = table.key.fixed_sort.iter().map(|fixed| {
        let (stored, text) = (&fixed.attribute, &fixed.text);
        quote!(#stored, &#text.to_owned())
    });
    let parts: Vec<TokenStream> = attributes.iter().map(part).chain(fixed).collect();
    let to_key = match parts.as_slice() {
        [partition, sort] => quote!(runtime::sorted_key((#partition), (#sort))),
        _ => quote!(runtime::partition_key(#(#parts),*)),
    };
    let (item_key, attributes_type) = (scope.runtime("ItemKey"), scope.runtime("Attributes"));
    let key_impl = quote! {
        impl #item_key for #key {
            fn to_key(&self) -> #attributes_type {
                #to_key
            }
        }
    };
    let values = attributes.iter().map(|attribute| {
        let name = ident(&attribute.name.snake);
        match is_copy(scope.service, attribute) {
            true => quote!(#name: self.#name),
            false => quote!(#name: self.#name.clone()),
        }
    });
    let (item_trait, names_type) = (scope.runtime("Item"), scope.runtime("KeyNames"));
    let (variable, names) = (variable(table), key_names(scope, &table.key));
    let layout = emit_layout(scope, table);
    let version = table.version.as_ref().map(|version| {
        let (option, wire) = (scope.option(&quote!(&'static str)), &version.wire);
        quote!(const VERSION: #option = Some(#wire);)
    });
    let states = emit_states(scope, table);
    let item_impl = quote! {
        impl #item_trait for #item {
            type Key = #key;

            const TABLE: &'static str = #variable;
            const KEY: #names_type = #names;
            #layout
            #version
            #states

            fn key(&self) -> #key {
                #key { #(#values),* }
            }
        }
    };
    [definition, key_impl, item_impl]
}

/// `const STATES: …`, where properties of the items have states.
fn emit_states(scope: &Scope<'_>, table: &Table) -> Option<TokenStream> {
    if table.states.is_empty() {
        return None;
    }
    let state_type = scope.runtime("StateOf");
    let states = table.states.iter().map(|state| {
        let attribute = |(depth, name): (usize, &String)| match depth {
            0 => table.attribute(name).to_owned(),
            _ => name.clone(),
        };
        let path = state.path.iter().enumerate().map(attribute);
        let (states, nullable) =
            (scope.model(state.states), state.nullable.then(|| quote!(.nullable())));
        quote!(#state_type::new(&[#(#path),*], #states::TRANSITIONS)#nullable)
    });
    Some(quote!(const STATES: &'static [#state_type] = &[#(#states),*];))
}

/// Whether a stream gives keys of a table in place of items.
fn reads_keys(service: &Service, table: TableId) -> bool {
    let mut streams = service.receives.iter().filter_map(|receive| receive.delivery.stream());
    streams.any(|stream| stream.table == table && stream.view != StreamView::BOTH)
}

/// How a key is read, where a stream gives nothing else of an item.
fn emit_key_decode(scope: &Scope<'_>, table: &Table) -> TokenStream {
    let key = format_ident!("{}", key_name(scope.service, table));
    let (decode, at, violations) =
        (scope.runtime("Decode"), scope.runtime("At"), scope.runtime("Violations"));
    let option = scope.option(&quote!(Self));
    let fields = table.key.parts().map(|attribute| {
        let (name, wire) = (ident(&attribute.name.snake), &attribute.name.wire);
        match scope.reader(&attribute.ty) {
            Some(read) => quote!(#name: object.required_as(#wire, #read)?),
            None => quote!(#name: object.required(#wire)?),
        }
    });
    quote! {
        impl #decode for #key {
            fn decode(at: &#at<'_>, out: &mut #violations) -> #option {
                let mut object = at.object(out)?;
                Some(Self { #(#fields),* })
            }
        }
    }
}

/// `KeyNames { partition: "id", sort: None }`
fn key_names(scope: &Scope<'_>, key: &KeySchema) -> TokenStream {
    let names = scope.runtime("KeyNames");
    let attributes = key.attributes();
    let partition = attributes.first().map(|(name, _)| *name);
    // The attributes of a key of several stand beside it.
    let sort = match attributes.get(1).filter(|_| !key.has_several()) {
        Some((sort, _)) => quote!(Some(#sort)),
        None => quote!(None),
    };
    quote!(#names { partition: #partition, sort: #sort })
}

/// `const LAYOUT: Layout = …;`, where items are not stored in the contract's words.
fn emit_layout(scope: &Scope<'_>, table: &Table) -> Option<TokenStream> {
    let reserved = reserved(scope.service, table);
    if table.is_plain() && reserved.is_empty() {
        return None;
    }
    let layout = scope.runtime("Layout");
    let renamed = table.layout.renamed.iter().map(|(name, attribute)| {
        let property = &name.wire;
        quote!((#property, #attribute))
    });
    let sets = table.layout.sets.iter().map(|(name, required)| {
        let (set, attribute) = (scope.runtime("SetOf"), table.attribute(&name.wire));
        quote!(#set { attribute: #attribute, required: #required })
    });
    let composed = table.composed().into_iter().map(|key| {
        let type_name = scope.runtime("Composed");
        let (attribute, of) = (&key.stored, table.attribute(&key.name.wire));
        let (before, after) =
            key.around.as_ref().map_or(("", ""), |(a, b)| (a.as_str(), b.as_str()));
        let is_number = key.scalar.is_number();
        quote!(#type_name {
            attribute: #attribute,
            before: #before,
            of: Some(#of),
            after: #after,
            is_number: #is_number,
        })
    });
    let mut fixed: Vec<&FixedKey> = vec![];
    for key in table.keys().filter_map(|key| key.fixed_sort.as_ref()) {
        if !fixed.contains(&key) {
            fixed.push(key);
        }
    }
    let fixed = fixed.into_iter().map(|key| {
        let type_name = scope.runtime("Composed");
        let (attribute, text) = (&key.attribute, &key.text);
        quote!(#type_name {
            attribute: #attribute,
            before: #text,
            of: None,
            after: "",
            is_number: false,
        })
    });
    let known = match table.layout.hides_others {
        true => {
            let fields = fields_of(scope.service, table.item).iter();
            let known = fields.map(|field| table.attribute(&field.name.wire));
            quote!(Some(&[#(#known),*]))
        }
        false => quote!(None),
    };
    let all = composed.chain(fixed);
    Some(quote! {
        const LAYOUT: #layout = #layout {
            renamed: &[#(#renamed),*],
            sets: &[#(#sets),*],
            composed: &[#(#all),*],
            known: #known,
            reserved: &[#(#reserved),*],
        };
    })
}

/// The names that further properties of an open object may not have, as something else is stored under them: keys of the
/// table and its indexes, ends and receipts, those of other types in the table too, and properties that have other
/// names.
fn reserved<'s>(service: &'s Service, table: &'s Table) -> BTreeSet<&'s str> {
    let TypeKind::Struct(item) = &service.type_def(table.item).kind else { return BTreeSet::new() };
    if matches!(item.additional, Additional::Refused) {
        return BTreeSet::new();
    }
    let mut all: BTreeSet<&str> =
        table.layout.renamed.iter().map(|(_, attribute)| attribute.as_str()).collect();
    for one in service.tables.iter().filter(|one| one.name == table.name) {
        let keys = one.keys().flat_map(KeySchema::attributes).map(|(name, _)| name);
        all.extend(keys.chain(one.ttl.as_ref().map(|ttl| one.attribute(&ttl.wire))));
    }
    let mut receipts = service.operations.iter().filter_map(|one| one.idempotency.as_ref());
    if receipts.any(|receipts| std::ptr::eq(service.table(receipts.table), table)) {
        all.extend(Idempotency::KEPT);
    }
    let ignored = item.ignored.iter().map(String::as_str);
    for property in item.fields.iter().map(|field| field.name.wire.as_str()).chain(ignored) {
        all.remove(property);
    }
    all
}

/// The indexes of a table, each with its key.
fn emit_indexes(scope: &Scope<'_>, table: &Table) -> Vec<TokenStream> {
    if table.indexes.is_empty() {
        return vec![];
    }
    let name = format_ident!("{}", indexes_name(scope.service, table));
    let (item, index_type) = (scope.model(table.item), scope.runtime("Index"));
    let constants = table.indexes.iter().map(|index| {
        let (constant, wire) = (ident(&index.name.screaming), &index.name.wire);
        let key = key_names(scope, &index.key);
        let docs = lines_doc(&[index_words(index)]);
        let further = index.key.has_several().then(|| {
            let names = index.key.attributes().into_iter().skip(1).map(|(name, _)| name);
            quote!(.with_further(&[#(#names),*]))
        });
        quote!(#docs pub const #constant: #index_type<#item> = #index_type::new(#wire, #key)#further;)
    });
    let item_name = &scope.service.type_def(table.item).name.pascal;
    let docs = lines_doc(&[format!("The indexes of [`{item_name}`], for queries.")]);
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #name;
    };
    vec![definition, quote!(impl #name { #(#constants)* })]
}

/// What is said of an index: its name; of a key of several attributes, which they are.
fn index_words(index: &Index) -> String {
    let name = &index.name.wire;
    if !index.key.has_several() {
        return format!("`{name}`");
    }
    let mut partition: Vec<String> =
        index.key.partition_parts().map(|part| format!("`{}`", part.name.wire)).collect();
    let all: Vec<String> = index.key.parts().map(|part| format!("`{}`", part.name.wire)).collect();
    let sort = &all[partition.len()..];
    if !sort.is_empty() {
        partition.push(format!("sorted by {}", sort.join(", ")));
    }
    format!("`{name}`: {}", partition.join(", "))
}

/// Whether the Rust type of a key attribute is copied rather than cloned.
fn is_copy(service: &Service, attribute: &KeyAttribute) -> bool {
    let is_enum = match resolved(service, &attribute.ty) {
        TypeRef::Named(id) => matches!(service.type_def(*id).kind, TypeKind::Enum(_)),
        _ => false,
    };
    is_enum || !matches!(attribute.scalar, ScalarKind::String | ScalarKind::Bytes)
}
