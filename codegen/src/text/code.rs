//! Items that are looked at before they are laid out, without a copy of their tokens.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::plain::tree::Tree;

/// Items of Rust.
pub(crate) struct Code(Vec<Tree>);

/// The words in code.
#[derive(Default)]
pub(crate) struct Words {
    /// All but those after a dot, and names of fields.
    pub(crate) words: BTreeSet<String>,
    /// Those before two colons.
    pub(crate) roots: BTreeSet<String>,
}

impl Code {
    /// The items that tokens are.
    pub(crate) fn of(tokens: TokenStream) -> Self {
        Self(Tree::of(tokens))
    }

    /// The items as text, as [`super::pretty`] lays them out.
    pub(crate) fn pretty(self) -> String {
        super::laid_out(self.0)
    }
}

impl Words {
    /// Those of these items.
    pub(crate) fn of(items: &[Code]) -> Self {
        let mut found = Self::default();
        items.iter().for_each(|Code(trees)| found.add(trees));
        found
    }

    fn add(&mut self, trees: &[Tree]) {
        let (mut is_method, mut before, mut n_colons) = (false, None, 0);
        for tree in trees {
            if tree.is(':') {
                n_colons += 1;
                if n_colons == 2 {
                    self.roots.extend(before.clone());
                }
                continue;
            }
            // A word before a single colon is the name of a field.
            self.words.extend(before.take().filter(|_| n_colons != 1));
            n_colons = 0;
            match tree {
                Tree::Word(word) if !is_method => before = Some(word.to_string()),
                Tree::Group(_, inside) => self.add(inside),
                _ => {}
            }
            is_method = tree.is('.');
        }
        self.words.extend(before.filter(|_| n_colons != 1));
    }
}
