//! Whether an SVG is a drawing and nothing else.
//!
//! It is shown through `<img>` and served under a sandbox, where nothing in it runs or is fetched.
//! It is looked at all the same: who opens its address sees it as a document, and a file with a
//! script in it is no logo.

use roxmltree::{Attribute, Document, Node};

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// What drawings are made of, with a space on both sides; the parts of filters begin with `fe`.
const DRAWING: &str = " svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon \
    text tspan image linearGradient radialGradient stop pattern clipPath mask marker filter ";

/// How a reference to something in the file itself begins.
const OWN: [&str; 3] = ["#", "data:image/png;base64,", "data:image/jpeg;base64,"];

/// Checks a drawing and answers its width by its height.
///
/// # Errors
/// What must go from the file, in words.
pub fn check(text: &str) -> Result<f64, String> {
    // A document type could define entities, in which anything hides: the parser refuses it.
    let document = Document::parse(text)
        .map_err(|error| format!("it is neither a PNG nor a plain SVG ({error}). Save it as one"))?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err("it is neither a PNG nor an SVG. Save it as one".to_owned());
    }
    if let Some(what) = document.descendants().find_map(fault) {
        return Err(format!(
            "the SVG holds {what}, which a logo does not need. Take it out, or save the picture as PNG"
        ));
    }
    ratio(root).ok_or_else(|| "the SVG has no viewBox, so it cannot be scaled. Save it with one".to_owned())
}

/// What a drawing does not hold: instructions, other elements, references outside. Elements of
/// editors are passed over by browsers; those of SVG and HTML are not.
fn fault(node: Node<'_, '_>) -> Option<String> {
    if let Some(instruction) = node.pi() {
        return Some(format!("<?{}?>", instruction.target));
    }
    let name = node.tag_name().name();
    let is_drawing = DRAWING.contains(&format!(" {name} ")) || name.starts_with("fe");
    match node.tag_name().namespace().unwrap_or_default() {
        _ if !node.is_element() => {}
        SVG if is_drawing => {}
        SVG | XHTML | "" => return Some(format!("<{name}>")),
        _ => {}
    }
    let is_style = node.parent_element().is_some_and(|parent| parent.tag_name().name() == "style");
    let style = node.text().filter(|_| is_style && node.is_text()).and_then(css);
    style.or_else(|| node.attributes().find_map(attribute))
}

fn attribute(attribute: Attribute<'_, '_>) -> Option<String> {
    let (name, value) = (attribute.name(), attribute.value());
    match name.to_ascii_lowercase().as_str() {
        lower if lower.starts_with("on") => Some(name.to_owned()),
        "base" => Some(name.to_owned()),
        "href" | "src" => {
            let is_own = OWN.iter().any(|start| value.starts_with(start));
            (!is_own).then(|| format!("the reference {name}={}", shown(value)))
        }
        // Any attribute may be style. What editors note for themselves may look like anything.
        _ => attribute.namespace().is_none().then(|| css(value)).flatten(),
    }
}

/// What in this style may fetch. A backslash writes letters that this does not read.
fn css(value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let outside = |rest: &&str| !rest.trim_start_matches([' ', '\t', '\n', '"', '\'']).starts_with('#');
    if lower.contains('\\') || lower.contains("@import") {
        return Some("@import or an escape in its style".to_owned());
    }
    if let Some(target) = lower.split("url(").skip(1).find(outside) {
        return Some(format!("the reference url({}", shown(target)));
    }
    ["image-set(", "src("].iter().any(|function| lower.contains(function)).then(|| "image-set()".to_owned())
}

fn shown(value: &str) -> String {
    value.trim_start().chars().filter(|c| !c.is_control()).take(40).collect()
}

/// From the view box, else from width and height.
fn ratio(root: Node<'_, '_>) -> Option<f64> {
    let number = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok();
    let of =
        |width: f64, height: f64| (width > 0.0 && height > 0.0).then_some(width / height).filter(|r| r.is_finite());
    if let Some(view_box) = root.attribute("viewBox") {
        let numbers: Vec<f64> = view_box.split([' ', ',', '\n', '\t']).filter_map(number).collect();
        return if let [_, _, width, height] = numbers[..] { of(width, height) } else { None };
    }
    of(number(root.attribute("width")?)?, number(root.attribute("height")?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!("<svg xmlns='{SVG}' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 64 32'>{inside}</svg>")
    }

    #[test]
    fn drawings_are_taken() {
        for inside in [
            "",
            "<title>Example</title><g fill='#fff'><path d='M0 0h1v1z'/></g>",
            "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs><rect fill='url(#a)'/>",
            "<rect style=\"fill:url('#a')\"/><use href='#a'/><use xlink:href='#b'/>",
            "<style>/* ours */ .a { fill: red } @media (prefers-color-scheme: dark) { .a { fill: white } }</style>",
            "<image href='data:image/png;base64,AAAA'/>",
            "<filter id='f'><feGaussianBlur stdDeviation='1'/></filter>",
            "<sodipodi:namedview xmlns:sodipodi='http://sodipodi.example' pagecolor='#fff' sodipodi:file='C:\\logo.png'/>",
            "<!-- made by hand --><text font-family='serif'>one</text>",
        ] {
            assert_eq!(check(&drawing(inside)), Ok(2.0), "{inside}");
        }
    }

    #[test]
    fn whatever_runs_or_fetches_is_refused_by_name() {
        for (inside, name) in [
            ("<script>alert(1)</script>", "<script>"),
            ("<script href='#a'/>", "<script>"),
            ("<s:script xmlns:s='http://www.w3.org/2000/svg'/>", "<script>"),
            ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "<script>"),
            ("<g xmlns=''><script/></g>", "<g>"),
            ("<foreignObject/>", "<foreignObject>"),
            ("<a href='#x'/>", "<a>"),
            ("<animate attributeName='href' to='x'/>", "<animate>"),
            ("<set attributeName='onload' to='x'/>", "<set>"),
            ("<rect onload='alert(1)'/>", "onload"),
            ("<rect OnClick='alert(1)'/>", "OnClick"),
            ("<use href='https://evil.example/a.svg#b'/>", "https://evil.example"),
            ("<use xlink:href='other.svg#b'/>", "other.svg"),
            ("<image href='data:image/svg+xml;base64,AAAA'/>", "data:image/svg+xml"),
            ("<image href=' javascript:alert(1)'/>", "javascript"),
            ("<rect fill='url(https://evil.example/a)'/>", "https://evil.example"),
            ("<rect style=\"fill: URL( 'https://evil.example/a')\"/>", "https://evil.example"),
            ("<style>@import 'https://evil.example/a.css';</style>", "@import"),
            ("<style>rect { fill: u\\72l(https://evil.example) }</style>", "escape"),
            ("<rect fill='u\\72l(https://evil.example)'/>", "escape"),
            ("<style><![CDATA[rect { fill: url(//evil.example) }]]></style>", "//evil.example"),
            ("<g xml:base='https://evil.example/'/>", "base"),
            ("<?xml-stylesheet href='a.css'?>", "xml-stylesheet"),
        ] {
            let fault = check(&drawing(inside)).err().unwrap_or_default();
            assert!(fault.contains(name) && fault.contains("Take it out"), "{inside}: {fault}");
        }
        let outside = format!("<?xml-stylesheet href='a.css'?>{}", drawing(""));
        assert!(check(&outside).is_err_and(|fault| fault.contains("xml-stylesheet")));
    }

    #[test]
    fn what_is_no_plain_svg_is_refused() {
        let entity = "<!DOCTYPE svg [<!ENTITY a '<script/>'>]>";
        for text in ["", "<svg/>", "<svg", "<html/>", &format!("{entity}{}", drawing("&a;")), "<svg xmlns='x'/>"] {
            assert!(check(text).is_err_and(|fault| fault.contains("Save it as one")), "{text}");
        }
    }

    #[test]
    fn the_size_comes_from_the_view_box_or_from_the_sides() {
        let svg = |attributes: &str| check(&format!("<svg xmlns='{SVG}' {attributes}/>"));
        assert_eq!(svg("viewBox='0,0,30,10' width='1' height='1'"), Ok(3.0));
        assert_eq!(svg("width='40px' height='20'"), Ok(2.0));
        for bad in ["", "width='100%' height='20'", "viewBox='0 0 0 10'", "viewBox='0 0 10'", "viewBox='a b c d'"] {
            assert!(svg(bad).is_err_and(|fault| fault.contains("viewBox")), "{bad}");
        }
    }
}
