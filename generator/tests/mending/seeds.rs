//! The defects that are seeded, in the words of OpenAPI 3.1.

/// A defect.
pub(crate) struct Seed {
    pub(crate) code: &'static str,
    /// What it takes the place of, once.
    pub(crate) sound: &'static str,
    /// What it is; the line with the sign `@`, which is left out, is the one that is reported.
    pub(crate) defect: &'static str,
}

const fn seed(code: &'static str, sound: &'static str, defect: &'static str) -> Seed {
    Seed { code, sound, defect }
}

const PET_REFERENCE: &str = "              schema: {$ref: '#/components/schemas/Pet'}\n";
const AGE: &str = "        age: {type: integer}\n";
const LIMIT: &str = "      - {name: limit, in: query, schema: {type: integer}}\n";

#[rustfmt::skip]
/// The defects. What they take the place of stands in every base, in the words of its version.
pub(crate) const SEEDS: &[Seed] = &[
    seed("dangling-reference", PET_REFERENCE, "@              schema: {$ref: '#/components/schemas/Pett'}\n"),
    seed("dangling-reference", PET_REFERENCE, "@              schema: {$ref: '#/components/schemas/Elephant'}\n"),
    seed("dangling-reference", "'404': {$ref: '#/components/responses/Missing'}", "@'404': {$ref: '#/components/responses/Gone'}"),
    seed("dangling-reference", LIMIT, "@      - {$ref: '#/components/parameters/Limit'}\n"),
    seed("unknown-anchor", PET_REFERENCE, "@              schema: {$ref: '#components/schemas/Pet'}\n"),
    seed("reference-type", PET_REFERENCE, "@              schema: {$ref: 7}\n"),
    seed("reference-kind", PET_REFERENCE, "@              schema: {$ref: '#/components/responses/Missing'}\n"),
    seed("reference-kind", "'404': {$ref: '#/components/responses/Missing'}", "@'404': {$ref: '#/components/schemas/Pet'}"),
    seed("unknown-anchor", PET_REFERENCE, "@              schema: {$ref: '#pet'}\n"),
    seed("external-reference", PET_REFERENCE, "@              schema: {$ref: 'pets.yaml#/Pet'}\n"),
    seed("reference-cycle", "    Cat: {", "@    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n    Cat: {"),
    seed("security-scheme-unknown", "- key: []", "@- keey: []"),
    seed("security-scheme-unknown", "- key: []", "@- oauth: []"),
    seed("unreadable", "- key: []", "- key: []\n@- key"),
    seed("unreadable", "  /pets:\n", "@  /gates: text\n  /pets:\n"),
    seed("unreadable", "  /pets:\n", "  /pets:\n@    parameters: text\n"),
    seed("duplicate-operation-id", "operationId: putPet", "@operationId: getPet"),
    seed("path-parameter-missing", "      - {name: id, in: path, required: true, schema: {type: string}}\n      - {name: limit", "      - {name: limit"),
    seed("path-parameter-unused", LIMIT, "@      - {name: other, in: path, required: true, schema: {type: string}}\n"),
    seed("parameter-without-schema", LIMIT, "@      - {name: limit, in: query}\n"),
    seed("path-without-slash", "  /pets:\n", "@  pets:\n"),
    seed("path-character", "  /pets:\n", "@  /all pets:\n"),
    seed("path-brace", "  /pets:\n", "@  /all/{pets:\n"),
    seed("ambiguous-path", "  /pets:\n", "@  /pets/{name}:\n    parameters: [{name: name, in: path, required: true, schema: {type: string}}]\n"),

    seed("server-skipped", "operationId: putPet", "operationId: putPet\n      servers:\n@      - url: 'https://{region}.pets.example'"),
    seed("type-spelling", AGE, "@        age: {type: int64}\n"),
    seed("type-spelling", AGE, "@        age: {type: any}\n"),
    seed("type-spelling", AGE, "@        age: {type: [integer, null]}\n"),
    seed("required-spelling", AGE, "@        age: {type: integer, required: true}\n"),
    seed("required-spelling", AGE, "@        age: {type: integer, required: false}\n"),
    seed("exclusive-spelling", AGE, "@        age: {type: integer, minimum: 1, exclusiveMinimum: true}\n"),
    seed("discriminator-spelling", "      discriminator:\n        propertyName: kind\n        mapping:\n          pet: '#/components/schemas/Pet'\n          cat: '#/components/schemas/Cat'\n", "@      discriminator: kind\n"),
    seed("discriminator-mapping", "          cat: '#/components/schemas/Cat'\n", "@          cat: '#/components/schemas/Catt'\n"),
    seed("discriminator-mapping", "          cat: '#/components/schemas/Cat'\n", "          cat: '#/components/schemas/Cat'\n@          dog: '#/components/schemas/Dogfish'\n"),
    seed("unknown-field", "operationId: putPet", "operationId: putPet\n@      depricated: true"),
    seed("unknown-field", AGE, "@        age: {type: integer, minimun: 1}\n"),
    seed("unknown-format", "format: date}", "format: datetime}@"),
    seed("schema-keyword-type", AGE, "@        age: {type: integer, minimum: '1'}\n"),
    seed("schema-keyword-type", AGE, "@        age: {type: integer, multipleOf: many}\n"),
    seed("schema-keyword-type", AGE, "@        age: integer\n"),
    seed("schema-keyword-empty", AGE, "@        age: {type: integer, minimum: }\n"),
    seed("schema-keyword-empty", AGE, "@        age:\n"),
    seed("dynamic-reference", AGE, "@        age: {$dynamicRef: '#x'}\n"),
    seed("unknown-dialect", AGE, "@        age: {$schema: 'https://dialects.example', type: integer}\n"),
    seed("recursive-reference", AGE, "@        age: {$recursiveRef: '#'}\n"),
    seed("required-undeclared", "      required: [name]\n", "@      required: [name, title]\n"),
    seed("default-type", AGE, "@        age: {type: integer, default: one}\n"),
    seed("enum-type", "size: {enum: [1, 2]", "size: {enum: [1, two]@"),
    seed("pattern-syntax", "'^a+$'", "'^(?i)a++$'@"),
    seed("id-fragment", AGE, "@        age: {$id: '#age', type: integer}\n"),
    seed("duplicate-identifier", AGE, "        age: {$anchor: x, type: integer}\n@        length: {$anchor: x, type: integer}\n"),
    seed("extension-value", "operationId: putPet", "operationId: putPet\n@      x-safe: perhaps"),
    seed("list-empty", "operationId: putPet", "operationId: putPet\n@      security:"),
    seed("list-empty", "operationId: putPet\n      tags: [pets]", "operationId: putPet\n@      tags:"),
    seed("list-empty", "  /pets:\n", "  /pets:\n@    parameters: null\n"),
    seed("duplicate-key", AGE, "        age: {type: integer}\n@        age: {type: integer}\n"),
];
