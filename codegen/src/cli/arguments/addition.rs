//! What `add` adds, and its help.

use clap::{Args, Subcommand, ValueEnum};

use crate::model::StreamView;

pub(super) const EXAMPLES: &str = "\
Examples:
  codegen add service loans
  codegen add table loans Loan --key loanId
  codegen add operation loans getLoan --table Loan --action get
  codegen add operation loans returnBook --method post --path /loans/{loanId}/return
  codegen add event loans BookReturned --on returnBook --to notes
  codegen add event loans BookReturned --to letters       # a second receiver
  codegen add stream loans Loan --view NEW_IMAGE
  codegen add workflow lend loans.getLoan loans.returnBook

Contracts are edited in place. Comments and order are kept, and an edit that would make the
contracts invalid is refused. A file for an operation's implementation is created once and never
overwritten. What a contract has already is completed: after you edited the contract of `loans`
by hand, `codegen add service loans` creates the missing files and methods. Use --print to show
all changes without writing them.";

/// What to add.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(in crate::cli) struct Addition {
    #[command(subcommand)]
    pub(in crate::cli) what: What,
    /// Print the changes as a diff; write nothing
    #[arg(long, global = true)]
    pub(in crate::cli) print: bool,
}

impl Addition {
    /// Whether a service is added, which needs no other contract.
    pub(in crate::cli) fn is_service(&self) -> bool {
        matches!(self.what, What::Service { .. })
    }
}

/// What can be added.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(in crate::cli) enum What {
    /// Add a service: an OpenAPI document and a crate for its business rules
    Service {
        /// The name of the service, and of its folder
        name: String,
    },
    /// Add an operation to a service: bound to a table, or implemented by hand
    Operation {
        /// The service
        service: String,
        /// The `operationId`
        #[arg(value_name = "ID")]
        id: String,
        /// The HTTP method [default: the one that goes with the action, or `get`]
        #[arg(long)]
        method: Option<String>,
        /// The path [default: the name of the service or, after its first table, of the table, with the
        /// key of --table]
        #[arg(long)]
        path: Option<String>,
        /// The table that the operation uses, by the schema of its items
        #[arg(long, value_name = "SCHEMA", requires = "action")]
        table: Option<String>,
        /// What the operation does with the table
        #[arg(long, value_enum, requires = "table")]
        action: Option<TableAction>,
        /// The index that the actions `query` and `count` read instead of the table
        #[arg(long, value_name = "NAME", requires = "action")]
        index: Option<String>,
        /// An event that the operation publishes; repeatable
        #[arg(long, value_name = "EVENT")]
        publishes: Vec<String>,
    },
    /// Add an event that a service publishes, and optionally services that receive it, each through a queue
    Event {
        /// The service that publishes the event
        service: String,
        /// The name of the event, such as `BookReturned`
        name: String,
        /// The operation that publishes the event
        #[arg(long, value_name = "ID")]
        on: Option<String>,
        /// A service that receives the event, which may be there already; repeatable
        #[arg(long, value_name = "SERVICE")]
        to: Vec<String>,
    },
    /// Add a table to a service: a schema whose objects are the items
    Table {
        /// The service
        service: String,
        /// The name of the schema
        #[arg(value_name = "SCHEMA")]
        name: String,
        /// The property that is the partition key
        #[arg(long, default_value = "id")]
        key: String,
        /// The property that is the sort key
        #[arg(long, value_name = "KEY")]
        sort: Option<String>,
    },
    /// Add a function that receives the changes of a table, from its stream
    Stream {
        /// The service
        service: String,
        /// The table, by the schema of its items
        #[arg(value_name = "SCHEMA")]
        table: String,
        /// What the function gets of an item: before and after the change, one of both, or its key
        #[arg(long, value_parser = StreamView::ALL.map(|(name, _)| name))]
        view: Option<String>,
    },
    /// Add a workflow: an Arazzo document that calls operations in order
    Workflow {
        /// The name of the workflow
        name: String,
        /// The operations in order, such as `notes.addNote`
        #[arg(value_name = "SERVICE.OPERATION", required = true)]
        steps: Vec<String>,
    },
}

/// What an operation does with its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are those of `x-dynamodb`")]
pub(in crate::cli) enum TableAction {
    Get,
    BatchGet,
    Create,
    Put,
    Upsert,
    Replace,
    Patch,
    Update,
    Increment,
    Delete,
    Query,
    List,
    Count,
}

impl TableAction {
    /// The action as it is written in contracts.
    pub(in crate::cli) fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::BatchGet => "batchGet",
            Self::Create => "create",
            Self::Put => "put",
            Self::Upsert => "upsert",
            Self::Replace => "replace",
            Self::Patch => "patch",
            Self::Update => "update",
            Self::Increment => "increment",
            Self::Delete => "delete",
            Self::Query => "query",
            Self::List => "list",
            Self::Count => "count",
        }
    }

    /// Whether it may read an index.
    pub(in crate::cli) fn reads_index(self) -> bool {
        matches!(self, Self::Query | Self::Count)
    }
}
