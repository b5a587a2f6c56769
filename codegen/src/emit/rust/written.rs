//! Styles and shapes as expressions of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{Scope, ident};
use crate::model::{Form, Style, TextShape, Written};

/// `Style::Deep`
pub(super) fn style(scope: &Scope<'_>, of: &Style) -> TokenStream {
    let name = match of {
        Style::Rest(names) => {
            let ty = scope.runtime("Style");
            return quote!(#ty::Rest(&[#(#names),*]));
        }
        Style::Form(styles) => {
            let ty = scope.runtime("Style");
            let styles = styles.iter().map(|(name, one)| {
                let one = style(scope, one);
                quote!((#name, #one))
            });
            return quote!(#ty::Form(&[#(#styles),*]));
        }
        Style::Repeated => "Repeated",
        Style::Commas => "Commas",
        Style::Spaces => "Spaces",
        Style::Pipes => "Pipes",
        Style::Deep => "Deep",
        Style::Json => "Json",
        Style::Simple => "Simple",
        Style::SimpleExploded => "SimpleExploded",
        Style::Label => "Label",
        Style::LabelExploded => "LabelExploded",
        Style::Matrix => "Matrix",
        Style::MatrixExploded => "MatrixExploded",
    };
    let (ty, name) = (scope.runtime("Style"), ident(name));
    quote!(#ty::#name)
}

/// `Style::Deep, Shape::Object(&[("size", Shape::Number)], &Shape::Text)`
pub(super) fn written(scope: &Scope<'_>, written: &Written) -> TokenStream {
    // Where properties stand beside each other, all of their names are needed.
    let all = written.style == Style::Repeated;
    let (style, shape) = (style(scope, &written.style), shape(scope, &written.shape, all));
    quote!(#style, #shape)
}

/// The arguments that tell of a form: `Shape::Object(…), &[("place", Style::Deep)]`
pub(super) fn form(scope: &Scope<'_>, form: &Form) -> TokenStream {
    let shape = shape(scope, &form.shape, false);
    let styles = form.styles.iter().map(|(name, one)| {
        let one = style(scope, one);
        quote!((#name, #one))
    });
    quote!(#shape, &[#(#styles),*])
}

/// A shape; properties that are plain text are left out unless all names are wanted.
fn shape(scope: &Scope<'_>, of: &TextShape, all: bool) -> TokenStream {
    let ty = scope.runtime("Shape");
    match of {
        TextShape::Text => quote!(#ty::Text),
        TextShape::Number => quote!(#ty::Number),
        TextShape::Boolean => quote!(#ty::Boolean),
        TextShape::Json => quote!(#ty::Json),
        TextShape::Any => quote!(#ty::Any),
        TextShape::List(item) => {
            let item = shape(scope, item, false);
            quote!(#ty::List(&#item))
        }
        TextShape::Object(fields, others) => {
            let all = all || **others != TextShape::Text;
            let fields = fields.iter().filter(|(_, shape)| all || *shape != TextShape::Text);
            let fields = fields.map(|(name, below)| {
                let below = shape(scope, below, false);
                quote!((#name, #below))
            });
            let others = shape(scope, others, false);
            quote!(#ty::Object(&[#(#fields),*], &#others))
        }
        TextShape::Union(parts) => {
            let parts = parts.iter().map(|part| shape(scope, part, all));
            quote!(#ty::Union(&[#(#parts),*]))
        }
    }
}
