//! Replaces the ids of types, wherever lowering writes them.
//!
//! Constants and conversions refer to types too, but are found by analyses of the whole model, when ids are final.

use super::constraint::{Format, JsonTypes, Pattern};
use super::{
    Body, Constraints, Content, Named, Operation, Paging, PartContent, Payload, Property, Response, Responses, Shape,
    Stream, Type, TypeId, Webhooks,
};

/// What may have ids of types in it.
pub(crate) trait TypeIds {
    /// Calls `replace` with every id, in the order of the fields.
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId));
}

/// Implements [`TypeIds`] for types that have no ids.
macro_rules! without_ids {
    ($( $type_:ty ),+) => {
        $( impl TypeIds for $type_ {
            fn each_id(&mut self, _: &mut dyn FnMut(&mut TypeId)) {}
        } )+
    };
}

without_ids!(u64, usize, String, JsonTypes, Pattern, Format);

impl TypeIds for TypeId {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        replace(self);
    }
}

impl<T: TypeIds> TypeIds for Box<T> {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        (**self).each_id(replace);
    }
}

impl<T: TypeIds> TypeIds for Option<T> {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        if let Some(value) = self {
            value.each_id(replace);
        }
    }
}

impl<T: TypeIds> TypeIds for Vec<T> {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        for value in self {
            value.each_id(replace);
        }
    }
}

impl<A: TypeIds, B: TypeIds> TypeIds for (A, B) {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        self.0.each_id(replace);
        self.1.each_id(replace);
    }
}

impl TypeIds for Constraints {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        self.0.each_id(replace);
    }
}

impl TypeIds for Type {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Named(id) => replace(id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.each_id(replace);
            }
            _ => {}
        }
    }
}

impl TypeIds for Property {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        self.type_.each_id(replace);
    }
}

impl TypeIds for Shape {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Object(object) => {
                object.properties.each_id(replace);
                object.additional_properties.each_id(replace);
            }
            Self::Tuple(tuple) => {
                tuple.elements.each_id(replace);
                tuple.rest.each_id(replace);
            }
            Self::Union(union) => {
                for variant in &mut union.variants {
                    variant.type_.each_id(replace);
                    variant.constraints.each_id(replace);
                }
            }
            Self::CheckedString { from } => from.each_id(replace),
            Self::Wrapper(type_) | Self::Alias(type_) => type_.each_id(replace),
            Self::StringEnum(_) => {}
        }
    }
}

impl TypeIds for Named {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        self.shape.each_id(replace);
        self.constraints.each_id(replace);
    }
}

impl TypeIds for Body {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        match &mut self.content {
            Content::Json(type_, constraints) => {
                type_.each_id(replace);
                constraints.each_id(replace);
            }
            Content::Form(form) => {
                form.type_.each_id(replace);
                form.constraints.each_id(replace);
            }
            Content::Parts(parts) => {
                parts.constraints.each_id(replace);
                for part in &mut parts.parts {
                    if let PartContent::Value(type_, _) = &mut part.content {
                        type_.each_id(replace);
                    }
                    part.headers.iter_mut().for_each(|header| header.type_.each_id(replace));
                }
            }
            Content::Text | Content::Bytes => {}
        }
    }
}

impl TypeIds for Responses {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        self.cases.each_id(replace);
    }
}

impl TypeIds for Payload {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Json(type_, constraints) => {
                type_.each_id(replace);
                constraints.each_id(replace);
            }
            Self::Text | Self::Bytes => {}
        }
    }
}

impl TypeIds for Response {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        self.payload.each_id(replace);
    }
}

impl TypeIds for Stream {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Bytes(_) => {}
            Self::Lines { type_, .. } | Self::Events { type_, .. } => type_.each_id(replace),
        }
    }
}

impl TypeIds for Paging {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        self.item.each_id(replace);
    }
}

impl TypeIds for Operation {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        for parameter in &mut self.parameters {
            parameter.type_.each_id(replace);
            parameter.constraints.each_id(replace);
        }
        self.body.each_id(replace);
        self.success.each_id(replace);
        self.failure.each_id(replace);
        let headers = self.headers.iter_mut().flat_map(|headers| &mut headers.headers);
        headers.for_each(|header| header.type_.each_id(replace));
        self.streams.each_id(replace);
        for other in &mut self.alternatives {
            other.success.each_id(replace);
            other.stream.each_id(replace);
        }
        self.paging.each_id(replace);
    }
}

impl TypeIds for Webhooks {
    fn each_id(&mut self, replace: &mut dyn FnMut(&mut TypeId)) {
        for webhook in &mut self.webhooks {
            webhook.payload.each_id(replace);
        }
    }
}
