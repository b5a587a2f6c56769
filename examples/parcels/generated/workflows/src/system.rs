// @generated from the contracts in spec/; edits are overwritten.

//! The system under load test: its operations, messages, tables and workflows.

use harness::{Channel, Need, Of, Operation, Carrier, Scheme, System, Table};

/// The security scheme `login`.
pub static LOGIN_SCHEME: Scheme = Scheme::Token {
    issuer: "https://login.parcels.example.com",
    audience: "parcels",
    scopes_claim: "scope",
};

/// The security scheme `scanner`.
pub static SCANNER_SCHEME: Scheme = Scheme::ApiKey {
    carrier: Carrier::Header,
    name: "X-Scanner-Key",
    resource: Some("ClientApiKey"),
};

/// `POST /parcel`
pub static REGISTER_PARCEL: Operation = Operation {
    id: "registerParcel",
    service: "depot",
    method: "POST",
    path: "/parcel",
    statuses: &[201, 400, 401, 403, 413, 415, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &["parcels.register"])]],
    ..Operation::NEW
};

/// `GET /parcel/{id}`
pub static GET_PARCEL: Operation = Operation {
    id: "getParcel",
    service: "depot",
    method: "GET",
    path: "/parcel/{id}",
    statuses: &[200, 400, 401, 403, 404, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &[])]],
    ..Operation::NEW
};

/// `POST /parcel/{id}/scan`
pub static SCAN_PARCEL: Operation = Operation {
    id: "scanParcel",
    service: "depot",
    method: "POST",
    path: "/parcel/{id}/scan",
    statuses: &[202, 400, 401, 403, 413, 415, 500],
    security: &[
        &[Need::new(&LOGIN_SCHEME, &["parcels.scan"])],
        &[Need::new(&SCANNER_SCHEME, &[])],
    ],
    ..Operation::NEW
};

/// `ParcelAssigned` of the courier service.
pub static PARCEL_ASSIGNED_CHANNEL: Channel = Channel {
    id: "ParcelAssigned",
    bus: "ParcelsBus",
    source: Some("com.example.courier"),
    detail_type: "ParcelAssigned",
    version: Some(1),
    correlation: "/parcelId",
};

/// `ParcelRegistered` of the depot service.
pub static PARCEL_REGISTERED_CHANNEL: Channel = Channel {
    id: "ParcelRegistered",
    bus: "ParcelsBus",
    source: Some("com.example.depot"),
    detail_type: "ParcelRegistered",
    version: Some(1),
    correlation: "/parcelId",
};

/// `ParcelScanned` of the depot service.
pub static PARCEL_SCANNED_CHANNEL: Channel = Channel {
    id: "ParcelScanned",
    bus: "ParcelsBus",
    source: Some("com.example.depot"),
    detail_type: "ParcelScanned",
    version: Some(1),
    correlation: "",
};

/// `ParcelWeighed` of the depot service.
pub static PARCEL_WEIGHED_CHANNEL: Channel = Channel {
    id: "ParcelWeighed",
    bus: "ParcelsBus",
    source: Some("com.example.depot"),
    detail_type: "ParcelScanned",
    version: Some(2),
    correlation: "",
};

/// The system.
pub static SYSTEM: System = System {
    name: "billing, courier, depot, notices",
    operations: &[&REGISTER_PARCEL, &GET_PARCEL, &SCAN_PARCEL],
    channels: &[
        &PARCEL_ASSIGNED_CHANNEL,
        &PARCEL_REGISTERED_CHANNEL,
        &PARCEL_SCANNED_CHANNEL,
        &PARCEL_WEIGHED_CHANNEL,
    ],
    tables: &[
        Table {
            output: "ChargeTableName",
            partition: "parcelId",
            of: Of::Unknown,
        },
        Table {
            output: "TripTableName",
            partition: "parcelId",
            of: Of::Unknown,
        },
        Table {
            output: "PresenceTableName",
            partition: "place",
            of: Of::Unique,
        },
        Table {
            output: "PositionTableName",
            partition: "parcelId",
            of: Of::Unknown,
        },
        Table {
            output: "ParcelTableName",
            partition: "id",
            of: Of::Made("parcel"),
        },
        Table {
            output: "ReminderTableName",
            partition: "reminderId",
            of: Of::Unique,
        },
        Table {
            output: "NoticeTableName",
            partition: "parcelId",
            of: Of::Unknown,
        },
    ],
    workflows: &[&crate::SEND],
    ..System::NEW
};
