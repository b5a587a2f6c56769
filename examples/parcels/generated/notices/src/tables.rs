// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the notices service.

use runtime::{Attributes, Aws, Field, Item, ItemKey, KeyNames, Table};

use crate::model::{Notice, NoticeKind, NoticeText, ParcelId};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// What a recipient was told of a parcel.
    ///
    /// - **Variable** `NOTICE_TABLE`
    /// - **Source** `spec/notices/asyncapi.yaml#/components/schemas/Notice/x-dynamodb-table`
    pub notice: Table<Notice>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { notice: Table::new(aws) }
    }
}

/// The primary key of [`Notice`].
///
/// - **Source** `spec/notices/asyncapi.yaml#/components/schemas/Notice/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeKey {
    /// Names a parcel.
    pub parcel_id: ParcelId,
    pub kind: NoticeKind,
}

impl ItemKey for NoticeKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("parcelId", &self.parcel_id), ("kind", &self.kind))
    }
}

impl Item for Notice {
    type Key = NoticeKey;
    const TABLE: &'static str = "NOTICE_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "parcelId",
        sort: Some("kind"),
    };

    fn key(&self) -> NoticeKey {
        NoticeKey {
            parcel_id: self.parcel_id,
            kind: self.kind,
        }
    }
}

/// The attributes of [`Notice`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct NoticeFields;

impl NoticeFields {
    /// Names a parcel.
    pub const PARCEL_ID: Field<Notice, ParcelId> = Field::new(&["parcelId"]);

    pub const KIND: Field<Notice, NoticeKind> = Field::new(&["kind"]);

    pub const TEXT: Field<Notice, NoticeText> = Field::new(&["text"]);
}
