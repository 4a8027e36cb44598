//! Gives each schema its description and its examples in French (`text::schemas`), then each body an example put together
//! from those of its members.

use serde_json::{Map, Value};
use utoipa::openapi::content::Content;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ArrayItems, Components};
use utoipa::openapi::{Ref, RefOr, Schema};

use crate::text::schemas::{self, Described};

/// Describes every schema of the document.
pub fn schemas(components: &mut Components) {
    for (name, schema) in &mut components.schemas {
        let generic = name.split_once('_');
        let described = schemas::all().find(|one| one.name == generic.map_or(name.as_str(), |(of, _)| of));
        if let RefOr::T(schema) = schema {
            if let Some((_, item)) = generic {
                refer_items(schema, item);
            }
            if let Some(described) = described {
                describe(schema, described);
            }
        }
    }
}

/// The lines of a page are those of the list, described once.
fn refer_items(page: &mut Schema, item: &str) {
    if let Schema::Object(page) = page
        && let Some(RefOr::T(Schema::Array(items))) = page.properties.get_mut("items")
    {
        items.items = ArrayItems::RefOrSchema(Box::new(Ref::from_schema_name(item).into()));
    }
}

fn describe(schema: &mut Schema, described: &Described) {
    match schema {
        Schema::AllOf(all) => {
            all.description = Some(described.text.to_owned());
            for part in &mut all.items {
                match part {
                    RefOr::Ref(base) => base.description.clear(),
                    RefOr::T(Schema::Object(own)) => members(&mut own.properties, described),
                    RefOr::T(_) => {}
                }
            }
        }
        Schema::Object(object) if object.enum_values.is_some() => {
            let values = described.members.iter().map(|(name, text, _)| format!("`{}` : {text}", bare(name)));
            let values = values.collect::<Vec<_>>().join(" ; ");
            object.description = Some(format!("{} {values}.", described.text));
        }
        Schema::Object(object) => {
            object.description = Some(described.text.to_owned());
            members(&mut object.properties, described);
        }
        _ => {}
    }
}

/// A name that is no identifier is written between quotes.
fn bare(name: &str) -> &str {
    name.trim_matches('"')
}

fn members<'a>(properties: impl IntoIterator<Item = (&'a String, &'a mut RefOr<Schema>)>, described: &Described) {
    for (name, property) in properties {
        if let Some((_, text, example)) = described.members.iter().find(|(member, ..)| bare(member) == name) {
            member(property, text, example.and_then(|text| serde_json::from_str(text).ok()));
        }
    }
}

fn member(property: &mut RefOr<Schema>, text: &str, example: Option<Value>) {
    let text = text.to_owned();
    match property {
        RefOr::Ref(named) => named.description = text,
        RefOr::T(Schema::Object(object)) => {
            object.description = Some(text);
            object.example = example;
        }
        RefOr::T(Schema::Array(array)) => {
            array.description = Some(text);
            array.example = example;
        }
        RefOr::T(Schema::OneOf(choice)) => {
            choice.description = Some(text);
            for one in &mut choice.items {
                if let RefOr::Ref(named) = one {
                    named.description.clear();
                }
            }
        }
        RefOr::T(_) => {}
    }
}

/// Gives the JSON bodies of an operation their example.
pub fn bodies(operation: &mut Operation, schemas: &Value) {
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.iter_mut().for_each(|content| body_example(content, schemas));
    }
    for (status, answer) in &mut operation.responses.responses {
        if let RefOr::T(answer) = answer
            && status.starts_with('2')
        {
            answer.content.iter_mut().for_each(|content| body_example(content, schemas));
        }
    }
}

fn body_example((media, content): (&String, &mut RefOr<Content>), schemas: &Value) {
    if let RefOr::T(content) = content
        && media == "application/json"
        && content.example.is_none()
    {
        let schema = content.schema.as_ref().and_then(|schema| serde_json::to_value(schema).ok());
        content.example = schema.and_then(|schema| sample(&schema, schemas));
    }
}

/// A value of this schema, made of the examples of its parts; members without example are left out.
fn sample(schema: &Value, schemas: &Value) -> Option<Value> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return sample(schemas.get(name.rsplit('/').next()?)?, schemas);
    }
    let given = [schema.get("example"), schema.pointer("/examples/0"), schema.pointer("/enum/0")];
    if let Some(given) = given.into_iter().flatten().next() {
        return Some(given.clone());
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let objects = parts.iter().filter_map(|part| sample(part, schemas));
        return Some(Value::Object(objects.filter_map(object).flatten().collect()));
    }
    if let Some(parts) = schema.get("oneOf").and_then(Value::as_array) {
        return parts.iter().find_map(|part| sample(part, schemas));
    }
    if let Some(items) = schema.get("items") {
        return Some(Value::Array(sample(items, schemas).into_iter().collect()));
    }
    let members = schema.get("properties")?.as_object()?.iter();
    Some(Value::Object(members.filter_map(|(name, one)| Some((name.clone(), sample(one, schemas)?))).collect()))
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
