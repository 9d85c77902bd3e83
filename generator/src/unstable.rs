//! The stages and their results, for the tests and commands of this repository. It changes without notice.

pub use crate::diagnostic::sarif::SarifLog;
pub use crate::diagnostic::{At, counted, human};
pub use crate::diff::{code as lines, diff};
pub use crate::document::nearest;
pub use crate::document::read as read_document;
pub use crate::document::{FieldContent, FieldUse, Kind, Miss, Node, Object, Overlay, Value};
pub use crate::generate::Stages;
pub use crate::ledger::{TITLE, Unreported};
pub use crate::model::{Api, Conversion, Derive, Docs, Integer, Named, Presence, Shape, Source, Type};
pub use crate::source::Origin;

/// The parts of the model.
pub mod model {
    pub use crate::model::{
        AliasTarget, Body, Content, DefaultConstant, Object, Operation, ParentTag, Part, PartContent, Parts, Payload,
        Presence, Property, RequiredStruct, Resource, Responses, Scheme, SchemeKind, Stream, StringEnum, Tuple, TypeId,
        Union,
    };
}
