//! The access path of a JSON Pointer into the response of an operation.

use std::collections::BTreeSet;

use crate::lower::schemas::types::Types;
use crate::model::{AccessStep, Payload, Presence, Responses, Shape, Type};
use crate::source::Pointer;

/// Why a pointer has no target.
pub(in crate::lower) struct Dangling {
    pub(in crate::lower) reason: String,
    pub(in crate::lower) help: String,
}

impl Types {
    /// Follows a pointer into the success of an operation. Returns the access path to the target, and its type.
    pub(in crate::lower) fn access_path(
        &self,
        success: &Responses,
        pointer: &Pointer,
    ) -> Result<(Vec<AccessStep>, Type), Dangling> {
        let payload = success.cases.first().and_then(|response| response.payload.as_ref());
        let (Some(Payload::Json(type_, _)), None) = (payload, &success.enum_name) else {
            return Err(Dangling {
                reason: "the operation has no success that is JSON of a single schema".to_owned(),
                help: "describe one success with `application/json`".to_owned(),
            });
        };
        self.access_path_from(type_, pointer)
    }

    /// Follows a pointer into a value of a type. Returns the access path to the target, and its type.
    pub(in crate::lower) fn access_path_from(
        &self,
        type_: &Type,
        pointer: &Pointer,
    ) -> Result<(Vec<AccessStep>, Type), Dangling> {
        let (mut access_path, mut type_) = self.innermost(type_);
        for segment in pointer.segments() {
            let object = match type_ {
                Type::Named(id) => match &self[id].shape {
                    Shape::Object(object) => Some(object),
                    _ => None,
                },
                _ => None,
            };
            let properties = object.map(|object| object.properties.as_slice()).unwrap_or_default();
            let Some(property) = properties.iter().find(|property| property.wire == segment) else {
                let known: Vec<&str> = properties.iter().map(|property| property.wire.as_str()).collect();
                return Err(Dangling {
                    reason: format!("the schema of the response has no property {segment:?} there"),
                    help: if known.is_empty() {
                        "only declared properties of objects can be the target".to_owned()
                    } else {
                        format!("the properties there are {}", known.join(", "))
                    },
                });
            };
            let (mut further, inner) = self.innermost(&property.type_);
            let mut presence = property.presence;
            // A required nullable property is an `Option`, as an optional one is.
            if presence == Presence::Required && further.first() == Some(&AccessStep::NotNull) {
                presence = Presence::Optional;
                further.remove(0);
            }
            access_path.push(AccessStep::Property {
                field: property.field.clone(),
                presence,
            });
            access_path.extend(further);
            type_ = inner;
        }
        Ok((access_path, type_))
    }

    /// Returns whether values of the type are strings or numbers.
    pub(in crate::lower) fn is_scalar(&self, type_: &Type) -> bool {
        let (_, type_) = self.innermost(type_);
        match type_ {
            Type::Integer(_) | Type::Number | Type::Decimal | Type::String | Type::Scalar => true,
            Type::Named(id) => matches!(self[id].shape, Shape::CheckedString { .. }),
            _ => false,
        }
    }

    /// Returns the type within aliases, wrappers and `Option`s, and the access steps to it.
    fn innermost(&self, type_: &Type) -> (Vec<AccessStep>, Type) {
        let (mut access_path, mut type_) = (Vec::new(), type_.clone());
        // Names may be cyclic in a document with reference cycles.
        let mut seen = BTreeSet::new();
        loop {
            type_ = match type_ {
                Type::Nullable(inner) => {
                    access_path.push(AccessStep::NotNull);
                    *inner
                }
                Type::Boxed(inner) => *inner,
                Type::Named(id) if !seen.insert(id) => return (access_path, Type::Named(id)),
                Type::Named(id) => match &self[id].shape {
                    Shape::Alias(inner) => inner.clone(),
                    Shape::Wrapper(inner) => {
                        access_path.push(AccessStep::Inner);
                        inner.clone()
                    }
                    _ => return (access_path, Type::Named(id)),
                },
                other => return (access_path, other),
            };
        }
    }
}
