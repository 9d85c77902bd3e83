//! How the values that a type or keyword allows relate to those that it allowed before.

use crate::diff::change::WireClass;
use crate::diff::walk::Walk;
use crate::model::{Integer, JsonTypes, Shape, Type, TypeId};

/// How values relate to those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are the same.
    Same,
    /// There are more.
    Wider,
    /// There are fewer.
    Narrower,
    /// Some are new and some are gone, or it is not known which are.
    Other,
    /// No value is the same.
    Disjoint,
}

/// How deep types are looked into: aliases and unions may lead back to themselves.
const DEPTH: usize = 8;

impl Relation {
    /// Returns the classes of requests and of responses with such values.
    pub(super) fn classes(self) -> (WireClass, WireClass) {
        use WireClass::{Breaking, Compatible, Narrowing};
        match self {
            Self::Same => (Compatible, Compatible),
            Self::Wider => (Compatible, Narrowing),
            Self::Narrower => (Narrowing, Compatible),
            Self::Other => (Narrowing, Narrowing),
            Self::Disjoint => (Breaking, Breaking),
        }
    }

    /// Returns the relation where both hold.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, relation) | (relation, Self::Same) => relation,
            (Self::Disjoint, _) | (_, Self::Disjoint) => Self::Disjoint,
            (one, other) if one == other => one,
            _ => Self::Other,
        }
    }

    /// Returns the relation of the first to the second.
    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Wider => Self::Narrower,
            Self::Narrower => Self::Wider,
            other => other,
        }
    }
}

impl Walk<'_> {
    /// Returns how the values of a type relate to those of the old one.
    pub(super) fn relation(&self, old: &Type, new: &Type) -> Relation {
        self.relation_within(old, new, DEPTH)
    }

    /// Returns how the values of types that belong together relate, by what they are made of.
    pub(super) fn relation_of_named(&self, old: TypeId, new: TypeId) -> Relation {
        self.relation_of_shapes(&Type::Named(old), &Type::Named(new), DEPTH)
    }

    fn relation_within(&self, old: &Type, new: &Type, depth: usize) -> Relation {
        let Some(depth) = depth.checked_sub(1) else {
            return Relation::Other;
        };
        match (old, new) {
            (Type::Boxed(old), new) => self.relation_within(old, new, depth),
            (old, Type::Boxed(new)) => self.relation_within(old, new, depth),
            (Type::Nullable(old), Type::Nullable(new))
            | (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new)) => self.relation_within(old, new, depth),
            (Type::Nullable(old), new) => self.relation_within(old, new, depth).and(Relation::Narrower),
            (old, Type::Nullable(new)) => self.relation_within(old, new, depth).and(Relation::Wider),
            (Type::Named(old_id), Type::Named(new_id)) if self.are_known(*old_id, *new_id) => Relation::Same,
            (old, new) if old == new && !matches!(old, Type::Named(_)) => Relation::Same,
            (Type::Json, _) => Relation::Narrower,
            (_, Type::Json) => Relation::Wider,
            _ => self.relation_of_shapes(old, new, depth),
        }
    }

    /// Relates types of which at least one may be named.
    fn relation_of_shapes(&self, old: &Type, new: &Type, depth: usize) -> Relation {
        if let Some(relation) = self.relation_of_union(old, new, depth) {
            return relation;
        }
        let (old_shape, new_shape) = (self.old.shape(old), self.new.shape(new));
        if let Some(Shape::Wrapper(inner) | Shape::Alias(inner)) = old_shape {
            return self.relation_within(inner, new, depth);
        }
        if let Some(Shape::Wrapper(inner) | Shape::Alias(inner)) = new_shape {
            return self.relation_within(old, inner, depth);
        }
        let is_text = |shape: Option<&Shape>, type_: &Type| match shape {
            Some(Shape::StringEnum(shape)) => !shape.is_open,
            Some(Shape::CheckedString { .. }) => true,
            _ => matches!(type_, Type::DateTime | Type::Date),
        };
        match (old, new) {
            (Type::String, new) if is_text(new_shape, new) => Relation::Narrower,
            (old, Type::String) if is_text(old_shape, old) => Relation::Wider,
            (Type::Integer(old), Type::Integer(new)) => integers(*old, *new),
            (Type::Integer(_), Type::Number | Type::Decimal) => Relation::Wider,
            (Type::Number | Type::Decimal, Type::Integer(_)) => Relation::Narrower,
            (Type::Number, Type::Decimal) | (Type::Decimal, Type::Number) => Relation::Same,
            _ => {
                let (old, new) = (self.old.kinds(old, depth), self.new.kinds(new, depth));
                if old.and(new).is_empty() {
                    Relation::Disjoint
                } else if old_shape.is_none() && new_shape.is_none() && old != new {
                    if new.has(old) {
                        Relation::Wider
                    } else if old.has(new) {
                        Relation::Narrower
                    } else {
                        Relation::Other
                    }
                } else {
                    Relation::Other
                }
            }
        }
    }

    /// Relates a union to a type that is one of its variants.
    fn relation_of_union(&self, old: &Type, new: &Type, depth: usize) -> Option<Relation> {
        if let Some(Shape::Union(union)) = self.new.shape(new) {
            let takes = |variant: &Type| {
                let relation = self.relation_within(old, variant, depth);
                matches!(relation, Relation::Same | Relation::Wider)
            };
            if union.variants.iter().any(|variant| takes(&variant.type_)) {
                return Some(Relation::Wider);
            }
        }
        if let Some(Shape::Union(union)) = self.old.shape(old) {
            let takes = |variant: &Type| {
                let relation = self.relation_within(variant, new, depth);
                matches!(relation, Relation::Same | Relation::Narrower)
            };
            if union.variants.iter().any(|variant| takes(&variant.type_)) {
                return Some(Relation::Narrower);
            }
        }
        None
    }
}

impl<'run> crate::diff::side::Side<'run> {
    /// Returns what a type is, if it has a name.
    pub(super) fn shape(&self, type_: &Type) -> Option<&'run Shape> {
        match type_ {
            Type::Named(id) => Some(&self.named(*id).shape),
            _ => None,
        }
    }

    /// Returns the JSON types of the values of a type.
    fn kinds(&self, type_: &Type, depth: usize) -> JsonTypes {
        let Some(depth) = depth.checked_sub(1) else {
            return JsonTypes::ANY;
        };
        match type_ {
            Type::Json => JsonTypes::ANY,
            Type::Boolean => JsonTypes::BOOLEAN,
            Type::Integer(_) => JsonTypes::INTEGER,
            Type::Number | Type::Decimal => JsonTypes::NUMBER.or(JsonTypes::INTEGER),
            Type::String | Type::DateTime | Type::Date => JsonTypes::STRING,
            Type::Scalar => JsonTypes::SCALAR.without(JsonTypes::NULL),
            Type::Array(_) => JsonTypes::ARRAY,
            Type::Map(_) => JsonTypes::OBJECT,
            Type::Nullable(inner) => self.kinds(inner, depth).or(JsonTypes::NULL),
            Type::Boxed(inner) => self.kinds(inner, depth),
            Type::Named(id) => match &self.named(*id).shape {
                Shape::Object(object) if object.non_object.is_some() => JsonTypes::ANY,
                Shape::Object(_) => JsonTypes::OBJECT,
                Shape::Tuple(_) => JsonTypes::ARRAY,
                Shape::StringEnum(_) | Shape::CheckedString { .. } => JsonTypes::STRING,
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .fold(JsonTypes::NONE, |kinds, variant| kinds.or(variant.kinds)),
                Shape::Wrapper(inner) | Shape::Alias(inner) => self.kinds(inner, depth),
            },
        }
    }
}

fn integers(old: Integer, new: Integer) -> Relation {
    let bounds = |integer| match integer {
        Integer::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Integer::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        Integer::U32 => (0, i128::from(u32::MAX)),
        Integer::U64 => (0, i128::from(u64::MAX)),
    };
    let ((old_low, old_high), (new_low, new_high)) = (bounds(old), bounds(new));
    match (
        new_low <= old_low && new_high >= old_high,
        old_low <= new_low && old_high >= new_high,
    ) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}
