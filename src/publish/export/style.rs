//! Styles for QGIS: what a layer looks like when it is opened.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::prepare::Prepared;

/// The style of a layer: the fill its rows name, a thin border, and names as labels; `None` for layers that name none.
pub(super) fn of(layer: &Prepared<'_>) -> Option<String> {
    let has = |name: &str| layer.columns.iter().any(|column| column.name == name);
    let label = ["name", "district_name", "school_name"].into_iter().find(|name| has(name));
    let kind = match layer.shapes.iter().flatten().next()? {
        geo::Geometry::Point(_) => Kind::Marker,
        geo::Geometry::LineString(_) | geo::Geometry::MultiLineString(_) => Kind::Line,
        _ => Kind::Fill,
    };
    if label.is_none() && !has("fill") {
        return None;
    }
    let mut qml = String::from("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\" ");
    qml.push_str(
        "styleCategories=\"Symbology|Labeling\" labelsEnabled=\"1\">\n<renderer-v2 type=\"singleSymbol\"><symbols>\n",
    );
    symbol(&mut qml, kind, has("fill"));
    qml.push_str("</symbols></renderer-v2>\n");
    if let Some(label) = label {
        let _ = writeln!(
            qml,
            "<labeling type=\"simple\"><settings><text-style fieldName=\"{}\" fontSize=\"8\" textColor=\"40,40,40,255\">\
             <text-buffer bufferDraw=\"1\" bufferSize=\"0.7\" bufferColor=\"255,255,255,255\"/></text-style></settings></labeling>",
            escape(label)
        );
    }
    qml.push_str("</qgis>\n");
    Some(qml)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Marker,
    Line,
    Fill,
}

fn symbol(qml: &mut String, kind: Kind, by_column: bool) {
    let (word, class) = match kind {
        Kind::Marker => ("marker", "SimpleMarker"),
        Kind::Line => ("line", "SimpleLine"),
        Kind::Fill => ("fill", "SimpleFill"),
    };
    let _ = writeln!(qml, "<symbol type=\"{word}\" name=\"0\" alpha=\"1\"><layer class=\"{class}\" enabled=\"1\">");
    let options: &[(&str, &str)] = match kind {
        Kind::Marker => {
            &[("name", "circle"), ("color", "30,60,120,255"), ("outline_color", "255,255,255,255"), ("size", "2.4")]
        }
        Kind::Line => &[("line_color", "90,90,90,255"), ("line_width", "0.3")],
        Kind::Fill => &[
            ("color", "230,230,220,255"),
            ("outline_color", "90,90,90,255"),
            ("outline_width", "0.2"),
            ("style", "solid"),
        ],
    };
    qml.push_str("<Option type=\"Map\">");
    for (name, value) in options {
        let _ = write!(qml, "<Option type=\"QString\" name=\"{name}\" value=\"{value}\"/>");
    }
    qml.push_str("</Option>\n");
    if by_column && kind == Kind::Fill {
        qml.push_str(
            "<data_defined_properties><Option type=\"Map\"><Option type=\"QString\" name=\"name\" value=\"\"/>\
             <Option type=\"Map\" name=\"properties\"><Option type=\"Map\" name=\"fillColor\">\
             <Option type=\"bool\" name=\"active\" value=\"true\"/><Option type=\"QString\" name=\"field\" value=\"fill\"/>\
             <Option type=\"int\" name=\"type\" value=\"2\"/></Option></Option>\
             <Option type=\"QString\" name=\"type\" value=\"collection\"/></Option></data_defined_properties>\n",
        );
    }
    qml.push_str("</layer></symbol>\n");
}
