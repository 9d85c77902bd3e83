//! Lowers `oneOf` and `anyOf`: enums of branches.
//!
//! The type of a union may be less precise than its schema: with a subschema `null` the union is nullable, nested
//! unions are flattened, scalars of one JSON type are one variant. The constraints keep the original schema.

use crate::document::{Node, Value};
use crate::lower::context::docs;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::schema::Lowered;
use crate::lower::schemas::string_enum::{is_any_string, listed_strings, string_enum};
use crate::model::{Branch, Constraints, JsonTypes, Shape, StringEnum, Type, Union};
use crate::names::{self, Namespace};

const SCALARS: JsonTypes = JsonTypes::SCALAR;

/// What the type of a union is, `null` aside.
pub(in crate::lower) enum UnionForm<'run> {
    /// It has no subschemas.
    Empty,
    /// The type of its only subschema.
    One(&'run Node),
    /// Any value, which one of these subschemas allows.
    Any(Vec<&'run Node>),
    /// An enum of strings.
    Strings {
        /// The listed strings.
        strings: Vec<&'run str>,
        /// The subschemas that list them.
        branches: Vec<&'run Node>,
    },
    /// The type of scalars, which all of these subschemas are.
    Scalars(Vec<&'run Node>),
    /// An enum with these subschemas as variants.
    Variants(Vec<&'run Node>),
}

impl<'run> Schemas<'run> {
    /// Decides what the type of the union under `keyword` of `node` is.
    pub(in crate::lower) fn union_form(&self, node: &'run Node, keyword: &str) -> UnionForm<'run> {
        let branches = self.branches(node, keyword);
        match branches.as_slice() {
            [] => return UnionForm::Empty,
            [only] => return UnionForm::One(only),
            _ => {}
        }
        if branches.iter().any(|branch| self.types_of(branch) == JsonTypes::ANY) {
            return UnionForm::Any(branches);
        }
        if let Some(strings) = listed_strings(&branches) {
            return UnionForm::Strings { strings, branches };
        }
        if branches.iter().all(|branch| self.is_plain_scalar(branch)) {
            return UnionForm::Scalars(branches);
        }
        UnionForm::Variants(branches)
    }

    /// Lowers the union under `keyword` of `node`.
    pub(in crate::lower) fn lower_union(&mut self, node: &'run Node, keyword: &str, place: &NamingContext) -> Lowered {
        match self.union_form(node, keyword) {
            UnionForm::Empty => Lowered::Type(Type::Json),
            UnionForm::One(only) => self.lower_schema(only, place),
            UnionForm::Any(_) => {
                let reason = "a subschema allows any value, so the union is any JSON value";
                self.cx.degrade(node, keyword, reason);
                Lowered::Type(Type::Json)
            }
            UnionForm::Strings { strings, branches } => {
                let is_open = |branch: &&Node| branch.as_object().is_some_and(is_any_string);
                Lowered::Shape(Shape::StringEnum(StringEnum {
                    is_open: branches.iter().any(is_open),
                    ..string_enum(&strings, &branches)
                }))
            }
            UnionForm::Scalars(branches) => {
                Lowered::Type(scalar_type(self.types_of_any(&branches).without(JsonTypes::NULL)))
            }
            UnionForm::Variants(branches) => {
                self.note_ambiguity(node, keyword, &branches);
                Lowered::Shape(Shape::Union(self.lower_branches(node, &branches, place)))
            }
        }
    }

    /// Returns the JSON types of the values of any of these schemas.
    fn types_of_any(&self, schemas: &[&'run Node]) -> JsonTypes {
        let types = schemas.iter().map(|schema| self.types_of(schema));
        types.fold(JsonTypes::NONE, JsonTypes::or)
    }

    /// Returns the branches under `keyword` of `node`, but for `null`.
    pub(in crate::lower) fn branches(&self, node: &'run Node, keyword: &str) -> Vec<&'run Node> {
        let mut branches = Vec::new();
        flatten(node, keyword, &mut branches, 0);
        branches.retain(|branch| self.types_of(branch) != JsonTypes::NULL && branch.as_bool() != Some(false));
        branches
    }

    /// Lowers `type: [object, string]` as the union of one branch a type.
    pub(in crate::lower) fn lower_type_list(
        &mut self,
        node: &'run Node,
        types: JsonTypes,
        place: &NamingContext,
    ) -> Lowered {
        let mut branches: Vec<&'run Node> = Vec::new();
        let scalars = types.and(SCALARS);
        let singles = [scalars, types.and(JsonTypes::ARRAY), types.and(JsonTypes::OBJECT)];
        for single in singles.into_iter().filter(|single| !single.is_empty()) {
            let mut members = node.as_object().cloned().unwrap_or_default();
            let names = single.iter().map(|(name, _)| Node::string(node.origin, name)).collect();
            members.insert("type".to_owned(), Node::new(node.origin, Value::Array(names)));
            for annotation in ["title", "description"] {
                members.shift_remove(annotation);
            }
            branches.push(self.arena.alloc(Node::synthesized(node.origin, Value::Object(members))));
        }
        Lowered::Shape(Shape::Union(self.lower_branches(node, &branches, place)))
    }

    /// Returns whether the branch is written here and has scalar types alone.
    pub(in crate::lower) fn is_plain_scalar(&self, branch: &'run Node) -> bool {
        branch.get("$ref").is_none() && branch.get("allOf").is_none() && SCALARS.has(self.types_of(branch))
    }

    /// Returns the JSON types of those schemas that are scalars and written here.
    pub(in crate::lower) fn scalar_types_of(&self, schemas: &[&'run Node]) -> JsonTypes {
        let plain = schemas.iter().filter(|schema| self.is_plain_scalar(schema));
        let plain: Vec<&'run Node> = plain.copied().collect();
        self.types_of_any(&plain)
    }

    fn lower_branches(&mut self, node: &'run Node, branches: &[&'run Node], place: &NamingContext) -> Union {
        let mut names = Namespace::default();
        let mut lowered: Vec<Branch> = Vec::new();
        let mut first: Vec<&'run Node> = Vec::new();
        self.compositions.count_nested(branches.len());
        for group in self.group(branches) {
            let branch = self.lower_branch(&group, branches, &mut names, place);
            let is_known = lowered.iter().any(|known| known.type_ == branch.type_);
            if !is_known {
                lowered.push(branch);
                first.push(group[0]);
            }
        }
        // `null` is a scalar, wherever among the branches it stands.
        let takes_null = self.types_of(node).has(JsonTypes::NULL);
        for branch in lowered
            .iter_mut()
            .filter(|branch| takes_null && branch.type_ == Type::Scalar)
        {
            branch.kinds = branch.kinds.or(JsonTypes::NULL);
        }
        let discriminator = self.lower_discriminator(node, &first);
        let unknown = names.take("Unknown", "");
        Union {
            branches: lowered,
            discriminator,
            unknown,
        }
    }

    /// Puts scalars that are written here into one group, and everything else into groups of one.
    fn group(&self, branches: &[&'run Node]) -> Vec<Vec<&'run Node>> {
        let mut groups: Vec<Vec<&'run Node>> = Vec::new();
        let mut scalars: Option<usize> = None;
        for branch in branches {
            if self.is_plain_scalar(branch) {
                let index = *scalars.get_or_insert_with(|| {
                    groups.push(Vec::new());
                    groups.len() - 1
                });
                groups[index].push(branch);
            } else {
                groups.push(vec![branch]);
            }
        }
        groups
    }

    fn lower_branch(
        &mut self,
        group: &[&'run Node],
        all: &[&'run Node],
        names: &mut Namespace,
        place: &NamingContext,
    ) -> Branch {
        let kinds = self.types_of_any(group);
        let word = self.branch_words(group, all, kinds);
        let variant = names.take(&names::variant_name(&word), &word);
        let place_of_branch = place.branch(&variant);
        let is_scalar = self.is_plain_scalar(group[0]);
        let type_ = match listed_strings(group) {
            Some(strings) if is_scalar => self.define_strings(&strings, group, &place_of_branch),
            _ if is_scalar && group.len() > 1 => scalar_type(kinds.without(JsonTypes::NULL)),
            _ => self.lower_type(group[0], &place_of_branch),
        };
        let subschemas: Vec<Constraints> = group
            .iter()
            .map(|branch| self.lower_constraints(branch, &place.module))
            .collect();
        let constraints = match <[Constraints; 1]>::try_from(subschemas) {
            Ok([constraints]) => constraints,
            Err(subschemas) => Constraints(vec![crate::model::Assertion::AnyOf(subschemas)]),
        };
        Branch {
            variant,
            type_,
            kinds,
            takes_any: group.iter().any(|branch| !kinds.has(self.allowed_types(branch))),
            constraints,
            docs: docs(group[0]),
        }
    }

    /// Returns the words for a variant: the name of the component, the title, a property that only this object has, or
    /// its JSON type.
    fn branch_words(&self, group: &[&'run Node], all: &[&'run Node], kinds: JsonTypes) -> String {
        let branch = group[0];
        if let Some(id) = branch
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(|reference| self.component(reference))
        {
            return self.types[id].name.clone();
        }
        if let Some(title) = branch
            .get("title")
            .and_then(Node::as_str)
            .filter(|title| !title.is_empty())
        {
            return title.to_owned();
        }
        match kinds.without(JsonTypes::NULL) {
            JsonTypes::STRING => "String".to_owned(),
            JsonTypes::BOOLEAN => "Boolean".to_owned(),
            JsonTypes::INTEGER => "Integer".to_owned(),
            JsonTypes::ARRAY => "Array".to_owned(),
            JsonTypes::OBJECT => object_words(branch, all),
            kinds if JsonTypes::NUMBER.or(JsonTypes::INTEGER).has(kinds) => "Number".to_owned(),
            kinds if SCALARS.has(kinds) => "Scalar".to_owned(),
            _ => "Value".to_owned(),
        }
    }
}

/// Returns the type of scalars of the given kinds.
pub(in crate::lower) fn scalar_type(types: JsonTypes) -> Type {
    match types {
        JsonTypes::STRING => Type::String,
        JsonTypes::BOOLEAN => Type::Boolean,
        JsonTypes::INTEGER => Type::Integer(crate::model::Integer::I64),
        types if JsonTypes::NUMBER.or(JsonTypes::INTEGER).has(types) => Type::Number,
        _ => Type::Scalar,
    }
}

/// Returns the words for an object among other branches: the one property that it
/// alone cannot do without, or the one value that a property of it can have.
fn object_words(branch: &Node, all: &[&Node]) -> String {
    let required = |node: &Node| -> Vec<String> {
        let names = node.get("required").and_then(Node::as_array).into_iter().flatten();
        names.filter_map(Node::as_str).map(str::to_owned).collect()
    };
    let is_shared = |name: &String| {
        all.iter()
            .any(|other| !std::ptr::eq(*other, branch) && required(other).contains(name))
    };
    if let [only] = required(branch).as_slice()
        && !is_shared(only)
    {
        return only.clone();
    }
    let members = branch.get("properties").and_then(Node::as_object);
    let tag = members
        .into_iter()
        .flatten()
        .find_map(|(_, schema)| match listed_strings(&[schema])?.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        });
    tag.unwrap_or_else(|| "Object".to_owned())
}

/// Adds the branches under `keyword`, those of inline unions within them included.
fn flatten<'node>(node: &'node Node, keyword: &str, branches: &mut Vec<&'node Node>, depth: usize) {
    for branch in node.get(keyword).and_then(Node::as_array).into_iter().flatten() {
        let inner = ["oneOf", "anyOf"].into_iter().find(|inner| {
            branch.as_object().is_some_and(|members| {
                members.contains_key(*inner)
                    && members
                        .keys()
                        .all(|key| [*inner, "description", "title"].contains(&key.as_str()))
            })
        });
        match inner {
            Some(inner) if depth < 16 && branch.get("title").is_none() => {
                flatten(branch, inner, branches, depth + 1);
            }
            _ => branches.push(branch),
        }
    }
}
