//! Small systems for the tests of emitters, built by hand so that a test depends on nothing but the model.

use serde_json::json;

use crate::model::*;

/// A name from its words in the contract: `userName`, `order-queue`.
pub(super) fn name(wire: &str) -> Name {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    for c in wire.chars() {
        if !c.is_alphanumeric() {
            fresh = true;
            continue;
        }
        if fresh || c.is_uppercase() {
            words.push(String::new());
        }
        fresh = false;
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    let capital = |word: &String| word[..1].to_uppercase() + &word[1..];
    Name {
        wire: wire.into(),
        snake: words.join("_"),
        pascal: words.iter().map(capital).collect(),
        kebab: words.join("-"),
        screaming: words.join("_").to_uppercase(),
    }
}

/// An origin in a contract of that service.
pub(super) fn origin(pointer: &str) -> Origin {
    Origin { pointer: format!("spec/{pointer}"), span: Default::default() }
}

fn docs(summary: &str) -> Docs {
    Docs { summary: Some(summary.into()), ..Docs::default() }
}

fn scalar(kind: ScalarKind) -> Scalar {
    Scalar { kind, text: TextRules::default(), number: NumberRules::default() }
}

fn type_def(wire: &str, kind: TypeKind) -> TypeDef {
    TypeDef {
        name: name(wire),
        docs: docs(&format!("A {wire}.")),
        origin: origin(&format!("openapi.yaml#/components/schemas/{wire}")),
        kind,
        sensitive: false,
        example: None,
        request_form_of: None,
        schema: None,
    }
}

fn field(wire: &str, ty: TypeRef, required: bool) -> Field {
    Field {
        name: name(wire),
        docs: Docs::default(),
        origin: origin(&format!("openapi.yaml#/{wire}")),
        ty,
        required,
        default: None,
        example: None,
        generated: None,
        owner: None,
        version: false,
        sensitive: false,
    }
}

fn structure(fields: Vec<Field>) -> TypeKind {
    TypeKind::Struct(StructType {
        fields,
        additional: Additional::Refused,
        ignored: vec!["id".into()],
        min_properties: None,
        max_properties: None,
    })
}

fn settings() -> FunctionSettings {
    FunctionSettings::default()
}

/// A service without anything.
fn service(wire: &str) -> Service {
    Service {
        name: name(wire),
        title: name(wire).pascal,
        version: "1.0.0".into(),
        docs: docs(&format!("What {wire} is for.")),
        notes: Vec::new(),
        origin: origin(&format!("{wire}/openapi.yaml")),
        types: Vec::new(),
        used: UsedTypes::default(),
        schemas: std::collections::BTreeMap::new(),
        tables: Vec::new(),
        errors: Errors::default(),
        hosts: Vec::new(),
        operations: Vec::new(),
        cors: None,
        schemes: Vec::new(),
        sends: Vec::new(),
        receives: Vec::new(),
        functions: Vec::new(),
    }
}

fn key(wire: &str) -> KeyAttribute {
    KeyAttribute {
        name: name(wire),
        ty: TypeRef::Scalar(ScalarKind::String),
        scalar: ScalarKind::String,
        attribute: AttributeKind::String,
        stored: wire.to_owned(),
        around: None,
    }
}

/// JSON of a type.
fn content(ty: TypeRef, examples: Vec<Example>) -> Content {
    Content {
        media_type: "application/json".into(),
        sent: "application/json".into(),
        name: name("json"),
        codec: Codec::Json,
        ty,
        examples,
        unread: Default::default(),
        problem: false,
    }
}

fn response(code: u16, phrase: &str, body: Option<TypeRef>) -> Response {
    Response {
        status: Status::Code(code),
        name: name(phrase),
        docs: docs(&format!("{phrase}: what it means.")),
        origin: origin("openapi.yaml#/responses"),
        headers: Vec::new(),
        contents: body.into_iter().map(|ty| content(ty, vec![])).collect(),
        unserved: Vec::new(),
        links: Vec::new(),
    }
}

fn operation(id: &str, method: Method, path: &str, responses: Vec<Response>) -> Operation {
    let segments = path.split('/').skip(1).map(|part| {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(parameter) => Segment::Parameter(parameter.into()),
            None => Segment::Literal(part.into()),
        }
    });
    Operation {
        id: name(id),
        is_named: true,
        method,
        path: PathTemplate { text: path.into(), segments: segments.collect() },
        docs: docs(&format!("What {id} does.")),
        tags: Vec::new(),
        origin: origin(&format!("openapi.yaml#/paths/{id}")),
        parameters: Vec::new(),
        body: None,
        ignored_body: None,
        responses,
        binding: None,
        idempotency: None,
        objective: None,
        access: Vec::new(),
        publishes: Vec::new(),
        security: Vec::new(),
    }
}

fn path_parameter(wire: &str) -> Parameter {
    Parameter {
        name: name(wire),
        location: ParameterLocation::Path,
        ty: TypeRef::Scalar(ScalarKind::String),
        required: true,
        default: None,
        style: Style::Simple,
        raw: false,
        written: None,
        docs: docs("Which one."),
        origin: origin("openapi.yaml#/parameters"),
        example: None,
        sensitive: false,
        owner: None,
        unread: Default::default(),
    }
}

fn message(wire: &str, payload: TypeId) -> Message {
    Message {
        name: name(wire),
        source: Some(format!("com.example.{}", wire.to_lowercase())),
        detail_type: wire.into(),
        version: Some(1),
        payload,
        address: String::new(),
        parameters: None,
        headers: None,
        correlation: None,
        docs: docs(&format!("{wire} happened.")),
        origin: origin(&format!("asyncapi.yaml#/components/messages/{wire}")),
    }
}

/// A standard queue.
pub(super) fn queue(wire: &str) -> Queue {
    Queue {
        name: name(wire),
        fifo: None,
        delay_seconds: 0,
        visibility_timeout_seconds: 60,
        receive_wait_seconds: 20,
        retention_seconds: 345_600,
        tags: Vec::new(),
        origin: origin(&format!("asyncapi.yaml#/channels/{wire}")),
    }
}

/// A rule for one message.
fn rule(wire: &str, bus: &str, message: &str) -> EventRule {
    EventRule {
        name: name(wire),
        bus: bus.into(),
        trigger: RuleTrigger::Pattern(json!({
            "source": [format!("com.example.{}", message.to_lowercase())],
            "detail-type": [message],
        })),
        dead_letter: None,
        maximum_retry_attempts: 185,
        maximum_event_age_seconds: 86_400,
    }
}

fn access(table: usize, actions: &[TableAction], indexes: &[usize]) -> TableAccess {
    TableAccess { table: TableId(table), actions: actions.into(), indexes: indexes.into() }
}

/// A catalogue: one table with an index, two routes, no events.
pub(super) fn catalogue() -> Service {
    let mut service = service("catalogue");
    let item = TypeRef::Named(TypeId(0));
    let mut price = scalar(ScalarKind::Decimal);
    price.number.minimum = Some(Bound { value: "0.01".into(), exclusive: false });
    service.types = vec![
        type_def(
            "Item",
            structure(vec![
                field("name", TypeRef::Scalar(ScalarKind::String), true),
                field("price", TypeRef::Named(TypeId(1)), true),
                field("parent", TypeRef::Boxed(Box::new(item.clone())), false),
                field("shelf", TypeRef::Named(TypeId(2)), false),
            ]),
        ),
        type_def("Price", TypeKind::Newtype(price)),
        type_def(
            "Shelf",
            TypeKind::Enum(EnumType {
                variants: vec![name("top"), name("low")],
                transitions: None,
            }),
        ),
    ];
    service.tables = vec![Table {
        name: name("item"),
        handle: name("item"),
        existing: None,
        layout: Layout::default(),
        item: TypeId(0),
        key: KeySchema::of(key("id")),
        indexes: vec![Index {
            name: name("byShelf"),
            key: KeySchema { sort: Some(key("id")), ..KeySchema::of(key("shelf")) },
            local: false,
            projection: Projection::All,
            origin: origin("catalogue/openapi.yaml#/components/schemas/Item"),
        }],
        ttl: Some(name("expiresAt")),
        version: None,
        owner: None,
        states: vec![],
        docs: docs("An item."),
        origin: origin("catalogue/openapi.yaml#/components/schemas/Item"),
    }];
    let mut create = operation(
        "createItem",
        Method::Post,
        "/item",
        vec![response(201, "Created", Some(item.clone())), response(400, "BadRequest", None)],
    );
    let examples = vec![Example {
        name: "pen".into(),
        docs: Docs::default(),
        value: json!({ "name": "Pen", "price": 1.5 }),
    }];
    create.body = Some(Body {
        contents: vec![content(item.clone(), examples)],
        unserved: vec![],
        required: true,
        docs: Docs::default(),
        origin: origin("catalogue/openapi.yaml#/paths/~1item/post/requestBody"),
    });
    let mut read =
        operation("getItem", Method::Get, "/item/{id}", vec![response(200, "Ok", Some(item))]);
    read.parameters = vec![path_parameter("id")];
    service.operations = vec![create, read];
    service.functions = vec![Function {
        name: name("catalogue"),
        trigger: Trigger::Api,
        settings: settings(),
        access: vec![access(0, &[TableAction::Get, TableAction::Put], &[0])],
        publishes: Vec::new(),
        origin: origin("catalogue/openapi.yaml#/paths/~1item/post"),
    }];
    service.used = UsedTypes::of(&service);
    service
}

/// A warehouse that receives one event in three ways: through a queue, through a FIFO queue, and directly; the first
/// of them sends in turn.
pub(super) fn warehouse() -> Service {
    let mut service = service("warehouse");
    service.types = vec![type_def(
        "Parcel",
        structure(vec![field("id", TypeRef::Scalar(ScalarKind::Uuid), true)]),
    )];
    service.sends = vec![SentMessage {
        message: message("ParcelPacked", TypeId(0)),
        destination: Destination::Bus("Events".into()),
        external: false,
        origin: origin("warehouse/asyncapi.yaml#/operations/sendPacked"),
    }];
    let dead_letters = || Some(queue("GivenUp"));
    let mut packing_rule = rule("PackRule", "Events", "ParcelOrdered");
    packing_rule.dead_letter = Some(queue("Undelivered"));
    let source = EventSource { batch_size: 10, window_seconds: 5, maximum_concurrency: Some(4) };
    let packing = QueueDelivery {
        rule: packing_rule,
        queue: queue("PackQueue"),
        dead_letter: dead_letters(),
        max_receive_count: 5,
        source: source.clone(),
    };
    let mut ordered = queue("Ledger.fifo");
    ordered.fifo = Some(Fifo {
        deduplication_scope: Some("messageGroup".into()),
        throughput_limit: Some("perMessageGroupId".into()),
        group_path: Some("$.detail.id".into()),
        deduplication_path: None,
    });
    let ledger = QueueDelivery {
        rule: rule("LedgerRule", "default", "ParcelPacked"),
        queue: ordered,
        dead_letter: None,
        max_receive_count: 5,
        source: EventSource { maximum_concurrency: None, window_seconds: 0, ..source },
    };
    let notice = DirectDelivery {
        rule: rule("NoticeRule", "Events", "ParcelOrdered"),
        maximum_retry_attempts: 2,
        maximum_event_age_seconds: 3600,
        on_failure: Some(queue("NoticeFailures")),
    };
    let deliveries = [
        ("packParcel", "ParcelOrdered", Delivery::Queue(Box::new(packing))),
        ("keepLedger", "ParcelPacked", Delivery::Queue(Box::new(ledger))),
        ("sendNotice", "ParcelOrdered", Delivery::Direct(Box::new(notice))),
    ];
    for (index, (id, event, delivery)) in deliveries.into_iter().enumerate() {
        let publishes = if index == 0 { vec![0] } else { Vec::new() };
        service.receives.push(Receive {
            id: name(id),
            docs: docs(&format!("What {id} does.")),
            messages: vec![message(event, TypeId(0))],
            delivery,
            access: Vec::new(),
            publishes: publishes.clone(),
            function: index,
            external: false,
            origin: origin(&format!("warehouse/asyncapi.yaml#/operations/{id}")),
        });
        let reserved_concurrency = (index == 2).then_some(3);
        service.functions.push(Function {
            name: name(&format!("warehouse-{}", name(id).kebab)),
            trigger: Trigger::Receive(index),
            settings: FunctionSettings { reserved_concurrency, ..settings() },
            access: Vec::new(),
            publishes,
            origin: origin(&format!("warehouse/asyncapi.yaml#/operations/{id}")),
        });
    }
    service.used = UsedTypes::of(&service);
    service
}

/// Both services, and the buses between them.
pub(super) fn system() -> System {
    let bus =
        |wire: &str| Bus { name: name(wire), origin: origin("warehouse/asyncapi.yaml#/channels") };
    System {
        outgoing: vec![],
        unserved: vec![],
        services: vec![catalogue(), warehouse()],
        buses: vec![bus("Events"), bus("default")],
        workflows: None,
        alarms: AlarmsPer::default(),
        layout: StackLayout::default(),
        sums: "0123456789abcdef  spec/catalogue/openapi.yaml\n".to_owned(),
    }
}
