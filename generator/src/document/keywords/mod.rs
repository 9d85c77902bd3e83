//! The keywords of schemas: what each is, what its value has to be, and what becomes of it.
//!
//! One [table] says it. Reading, checking, normalising, the ledger and lowering ask it by the queries of
//! [`Keyword`]; the [grammar](super::grammar) has the fields of a Schema Object from it. No other module lists keywords.

pub(crate) mod formats;
mod table;
pub(in crate::document) mod value;

use self::table::TABLE;
use self::value::ValueForm;
use super::field::Field;
use super::{FieldContent, FieldUse, Kind, Object};

/// A keyword of schemas.
#[derive(Debug)]
pub(crate) struct Keyword {
    name: &'static str,
    class: Class,
    pub(in crate::document) value: ValueForm,
    versions: Versions,
    /// Whether it shapes the crate. What a stage cannot express of a keyword that is used, it reports itself.
    field_use: FieldUse,
}

/// The classes of keywords ([JSON Schema 2020-12 §7](https://json-schema.org/draft/2020-12/json-schema-core#section-7)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// It names the schema, so that references can target it.
    Identifier,
    /// It says which dialect the schema is written in.
    Dialect,
    /// It refers to another schema, which then applies to the same value.
    Reference,
    /// It reserves a location for schemas that references target, and applies none of them.
    Location,
    /// It applies subschemas.
    Applicator(Applies),
    /// It says which values are valid.
    Assertion(Asserts),
    /// It describes the schema or its values.
    Annotation(Annotates),
}

/// How a keyword applies its subschemas
/// ([JSON Schema 2020-12 §10](https://json-schema.org/draft/2020-12/json-schema-core#section-10)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applies {
    /// All of them to the same value.
    All,
    /// Some of them to the same value.
    Union,
    /// One to the same value, which must not be valid.
    Not,
    /// To the same value, under a condition.
    Condition,
    /// To the values of properties, chosen by their names.
    Properties,
    /// To the names of properties.
    PropertyNames,
    /// To elements, chosen by their index.
    Items,
    /// To every element, some of which have to be valid.
    Contains,
    /// To properties or elements that no other keyword applied to.
    Unevaluated,
    /// As older drafts spell it; normalising puts keywords of 2020-12 in its place.
    OlderDraft,
}

/// What an assertion decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asserts {
    /// Which values of any type are valid
    /// ([JSON Schema 2020-12 §6.1](https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1)).
    AnyType,
    /// Which Rust type has the valid values, by more than their JSON type.
    Structure,
    /// Which values of a type are valid.
    Limit,
    /// Whether `null` is valid too.
    Null,
}

/// What an annotation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Annotates {
    /// A title or a description.
    Words,
    /// That the schema should not be used any more.
    Deprecation,
    /// Values: the default, and examples.
    Values,
    /// Who may write the value.
    Access,
    /// Other documentation, and how other formats than JSON spell the value.
    Documentation,
    /// Which property chooses the subschema of a union.
    Discriminator,
    /// What a string contains.
    Content,
}

/// Which versions of `OpenAPI` have a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Versions {
    Both,
    Only3_0,
    Since3_1,
    /// Older drafts of JSON Schema and Swagger 2.0 have it, and so have documents of both versions.
    Neither,
}

/// The keywords of unions.
pub(crate) const UNIONS: [&str; 2] = names(&[Applies::Union]);

/// The keywords that compose a schema of a list of others.
pub(crate) const COMPOSITIONS: [&str; 3] = names(&[Applies::All, Applies::Union]);

/// The keywords that declare properties of an object.
pub(crate) const PROPERTIES: [&str; 3] = names(&[Applies::Properties]);

/// The keywords for what no other keyword applied to.
pub(crate) const UNEVALUATED: [&str; 2] = names(&[Applies::Unevaluated]);

/// The fields of a Schema Object.
pub(super) static FIELDS: [Field; TABLE.len()] = fields();

/// Returns whether the key is a keyword to which `query` applies.
pub(crate) fn is(key: &str, query: impl FnOnce(&Keyword) -> bool) -> bool {
    Keyword::of(key).is_some_and(query)
}

/// Returns whether a schema has a keyword to which `query` applies.
pub(crate) fn has(schema: &Object, query: impl Fn(&Keyword) -> bool) -> bool {
    schema.keys().any(|key| is(key, &query))
}

impl Keyword {
    /// Returns the keyword of this name.
    pub(crate) fn of(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|keyword| keyword.name == name)
    }

    /// Returns the class.
    pub(crate) fn class(&self) -> Class {
        self.class
    }

    /// Returns the objects of the specification in the value; those in the value of an ignored keyword are not read.
    const fn content(&self) -> FieldContent {
        match self.value {
            _ if matches!(self.field_use, FieldUse::Ignored(_)) => FieldContent::Plain,
            ValueForm::Schema => FieldContent::One(Kind::Schema),
            ValueForm::SchemaOrSchemas => FieldContent::SchemaOrList,
            ValueForm::Schemas => FieldContent::List(Kind::Schema),
            ValueForm::SchemasByName => FieldContent::Map(Kind::Schema),
            ValueForm::Discriminator => FieldContent::One(Kind::Discriminator),
            _ => FieldContent::Plain,
        }
    }

    /// Returns whether its value has schemas by names that the author of the document chose.
    pub(in crate::document) fn holds_schemas_by_name(&self) -> bool {
        self.value == ValueForm::SchemasByName
    }

    pub(in crate::document) fn is_used(&self) -> bool {
        self.field_use == FieldUse::Used
    }

    /// Returns whether it names the schema, which no keyword of 3.0 does.
    pub(super) fn is_identifier(&self) -> bool {
        self.class == Class::Identifier
    }

    /// Returns whether it asks for something that a schema of 3.0 has no keyword for.
    pub(super) fn is_newer_than_3_0(&self) -> bool {
        self.versions == Versions::Since3_1
            && !matches!(self.class, Class::Identifier | Class::Dialect | Class::Reference)
    }

    /// Returns whether it is the text of a title or a description.
    pub(crate) fn is_text(&self) -> bool {
        self.class == Class::Annotation(Annotates::Words)
    }

    /// Returns whether it describes the schema: what is wrong with it costs documentation alone.
    pub(crate) fn describes(&self) -> bool {
        self.is_text() || self.class == Class::Annotation(Annotates::Deprecation)
    }

    /// Returns whether it describes the schema, or has values that document it.
    pub(crate) fn documents(&self) -> bool {
        self.describes() || self.class == Class::Annotation(Annotates::Values)
    }

    /// Returns whether it asks nothing of a value, nor of how a value is read.
    pub(crate) fn only_annotates(&self) -> bool {
        let is_annotation = matches!(self.class, Class::Annotation(_));
        is_annotation
            && !matches!(
                self.class,
                Class::Annotation(Annotates::Discriminator | Annotates::Content)
            )
    }

    /// Returns whether the value is any JSON value or a list of them, `null` included.
    pub(super) fn holds_values(&self) -> bool {
        matches!(self.value, ValueForm::Any | ValueForm::Values)
    }

    /// Returns whether any object may be the value. `$vocabulary` stands in metaschemas alone
    /// ([JSON Schema 2020-12 §8.1.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.1.2)).
    pub(super) fn may_be_any_object(&self) -> bool {
        matches!(self.value, ValueForm::Any | ValueForm::Object) && self.class != Class::Dialect
    }

    /// Returns whether it is `type`.
    pub(crate) fn is_type(&self) -> bool {
        self.value == ValueForm::Types
    }

    /// Returns whether it is the union of subschemas.
    pub(crate) fn is_union(&self) -> bool {
        self.class == Class::Applicator(Applies::Union)
    }

    /// Returns whether it describes properties of an object by another way than their names.
    pub(super) fn declares_unnamed_properties(&self) -> bool {
        let is_of_properties = self.class == Class::Applicator(Applies::Properties) && self.name != "properties";
        is_of_properties || self.name == "unevaluatedProperties"
    }

    /// Returns whether it applies other schemas to the same value, by itself or by reference, without a condition.
    pub(crate) fn composes(&self) -> bool {
        let class = matches!(
            self.class,
            Class::Reference | Class::Applicator(Applies::All | Applies::Union)
        );
        class && self.is_used()
    }

    /// Returns whether it combines subschemas by logic
    /// ([JSON Schema 2020-12 §10.2.1](https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1)).
    pub(super) fn is_logic(&self) -> bool {
        matches!(
            self.class,
            Class::Applicator(Applies::All | Applies::Union | Applies::Not)
        )
    }

    /// Returns whether its subschemas speak of the same value as the schema that has it
    /// ([JSON Schema 2020-12 §10.2](https://json-schema.org/draft/2020-12/json-schema-core#section-10.2)); those of `not`
    /// say what the value must not be.
    pub(super) fn applies_in_place(&self) -> bool {
        matches!(
            self.class,
            Class::Applicator(Applies::All | Applies::Union | Applies::Condition)
        )
    }

    /// Returns whether it gives a value its structure; a schema without such keywords only narrows.
    pub(crate) fn gives_structure(&self) -> bool {
        matches!(
            self.class,
            Class::Assertion(Asserts::AnyType | Asserts::Structure)
                | Class::Applicator(Applies::Properties | Applies::Items)
        )
    }

    /// Returns whether an object that has it is probably meant to be a schema.
    pub(super) fn shows_schema(&self) -> bool {
        let is_typical = matches!(
            self.class,
            Class::Assertion(Asserts::AnyType) | Class::Applicator(Applies::Properties | Applies::Items)
        );
        self.versions == Versions::Both && (is_typical || self.composes())
    }

    /// Returns whether a step by it to a subschema says nothing about the subschema that its name should repeat.
    pub(crate) fn is_step(&self) -> bool {
        matches!(
            self.class,
            Class::Location | Class::Applicator(Applies::All | Applies::Union | Applies::Properties | Applies::Items)
        )
    }
}

/// Returns the names of the keywords that apply subschemas in one of these ways, in the order of the table.
const fn names<const COUNT: usize>(ways: &[Applies]) -> [&'static str; COUNT] {
    let mut names = [""; COUNT];
    let (mut row, mut count) = (0, 0);
    while row < TABLE.len() {
        if let Class::Applicator(applies) = TABLE[row].class {
            let mut way = 0;
            while way < ways.len() {
                if ways[way] as u8 == applies as u8 {
                    names[count] = TABLE[row].name;
                    count += 1;
                }
                way += 1;
            }
        }
        row += 1;
    }
    assert!(count == COUNT, "there are as many keywords as names");
    names
}

const fn fields() -> [Field; TABLE.len()] {
    let mut fields = [("", FieldContent::Plain, FieldUse::Used); TABLE.len()];
    let mut row = 0;
    while row < TABLE.len() {
        fields[row] = (TABLE[row].name, TABLE[row].content(), TABLE[row].field_use);
        row += 1;
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{COMPOSITIONS, Keyword, PROPERTIES, UNEVALUATED, UNIONS};
    use crate::document::{FieldContent, FieldUse, Kind};

    #[test]
    fn the_lists_are_in_the_order_in_which_schemas_are_looked_at() {
        assert_eq!(UNIONS, ["oneOf", "anyOf"]);
        assert_eq!(COMPOSITIONS, ["allOf", "oneOf", "anyOf"]);
        assert_eq!(PROPERTIES, ["properties", "patternProperties", "additionalProperties"]);
        assert_eq!(UNEVALUATED, ["unevaluatedProperties", "unevaluatedItems"]);
    }

    #[test]
    fn the_grammar_has_the_keywords() {
        let ignored = FieldUse::Ignored("content within a string stays text, unless it is the data of an event");
        for (name, field) in [
            ("allOf", (FieldContent::List(Kind::Schema), FieldUse::Used)),
            ("$defs", (FieldContent::Map(Kind::Schema), FieldUse::Used)),
            ("items", (FieldContent::SchemaOrList, FieldUse::Used)),
            ("not", (FieldContent::One(Kind::Schema), FieldUse::Used)),
            (
                "discriminator",
                (FieldContent::One(Kind::Discriminator), FieldUse::Used),
            ),
            ("minLength", (FieldContent::Plain, FieldUse::Used)),
            ("contentSchema", (FieldContent::Plain, ignored)),
        ] {
            assert_eq!(Kind::Schema.field(name), Some(field), "{name}");
        }
    }

    /// Which keywords a query finds: a change of the table that moves one to another class shows here.
    #[test]
    fn the_queries_find_keywords_by_their_class() {
        type Query = fn(&Keyword) -> bool;
        let queries: [(Query, &str); 9] = [
            (Keyword::is_text, "title description"),
            (Keyword::describes, "title description deprecated"),
            (
                Keyword::documents,
                "title description deprecated default example examples",
            ),
            (Keyword::composes, "$ref allOf oneOf anyOf"),
            (Keyword::is_logic, "allOf oneOf anyOf not"),
            (
                Keyword::applies_in_place,
                "allOf oneOf anyOf if then else dependentSchemas",
            ),
            (
                Keyword::gives_structure,
                "properties patternProperties additionalProperties items prefixItems type enum const format required",
            ),
            (
                Keyword::shows_schema,
                "$ref allOf oneOf anyOf properties additionalProperties items type enum",
            ),
            (
                Keyword::is_step,
                "$defs definitions allOf oneOf anyOf properties patternProperties additionalProperties items prefixItems",
            ),
        ];
        for (query, expected) in queries {
            let found: Vec<&str> = super::TABLE
                .iter()
                .filter(|keyword| query(keyword))
                .map(|keyword| keyword.name)
                .collect();
            assert_eq!(found.join(" "), expected);
        }
    }
}
