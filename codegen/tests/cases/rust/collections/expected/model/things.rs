// @generated from the contracts in spec/; edits are overwritten.

//! `Things`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::{Names, ThingsTagsItem, Tree};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things`
#[derive(Debug, Clone, PartialEq)]
pub struct Things {
    /// An array of 1 to 3 items; each item is `ThingsTagsItem`, without duplicates.
    pub tags: Vec<ThingsTagsItem>,
    /// An array; each item is an integer of at most 38 digits.
    pub plain: Option<Vec<i128>>,
    /// An array; each item is an array of 2 items; each item is a double-precision number.
    pub matrix: Vec<Vec<f64>>,
    /// An array; each item is a string, or `null`.
    pub holes: Option<Vec<Option<String>>>,
    /// An object of at most 4 properties with any keys; each value is a string.
    pub labels: BTreeMap<String, String>,
    /// An object with any keys; each value is an array of at most 2 items; each item is `true` or
    /// `false`.
    pub grid: Option<BTreeMap<String, Vec<bool>>>,
    /// A list with a name of its own.
    pub names: Option<Names>,
    /// Any JSON.
    pub anything: Option<Json>,
    pub tree: Tree,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Things {
    /// Creates a value from its required fields.
    pub fn new(
        tags: Vec<ThingsTagsItem>,
        matrix: Vec<Vec<f64>>,
        labels: BTreeMap<String, String>,
        tree: Tree,
    ) -> Self {
        Self {
            tags,
            plain: Default::default(),
            matrix,
            holes: Default::default(),
            labels,
            grid: Default::default(),
            names: Default::default(),
            anything: Default::default(),
            tree,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "tags",
    "plain",
    "matrix",
    "holes",
    "labels",
    "grid",
    "names",
    "anything",
    "tree",
];

impl Decode for Things {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const TAGS: ListRules = ListRules::new()
            .min_items(1)
            .max_items(3)
            .unique_items();
        let mut object = at.object(out)?;
        let tags = object.required_as("tags", runtime::list(TAGS));
        let plain = object.optional("plain");
        let matrix = object
            .required_as(
                "matrix",
                runtime::list_of(
                    ListRules::new(),
                    runtime::list(ListRules::new().min_items(2).max_items(2)),
                ),
            );
        let holes = object.optional("holes");
        let labels = object.required_as("labels", runtime::map(None, Some(4)));
        let grid = object
            .optional_as(
                "grid",
                runtime::map_of(None, None, runtime::list(ListRules::new().max_items(2))),
            );
        let names = object
            .optional_as("names", runtime::list(ListRules::new().max_items(5)));
        let anything = object.optional("anything");
        let tree = object.required("tree");
        let others = object.others(PROPERTIES);
        Some(Self {
            tags: tags?,
            plain: plain?,
            matrix: matrix?,
            holes: holes?,
            labels: labels?,
            grid: grid?,
            names: names?,
            anything: anything?,
            tree: tree?,
            others: others?,
        })
    }
}

impl Encode for Things {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("tags", &self.tags);
        out.optional("plain", &self.plain);
        out.field("matrix", &self.matrix);
        out.optional("holes", &self.holes);
        out.field("labels", &self.labels);
        out.optional("grid", &self.grid);
        out.optional("names", &self.names);
        out.optional("anything", &self.anything);
        out.field("tree", &self.tree);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
