/*
 * The page on which readers choose a series. The data is in data/series.js,
 * the words too; this draws the chart and the table of a selection, offers them
 * as a file, and keeps the selection in the part of the address behind "#".
 *
 * Text from the data is only ever set as text, never as markup.
 */
;(function () {
  var data = window.leafAndLaw && leafAndLaw.series
  var root = document.querySelector(".explore")
  if (!data || !root) return
  var words = data.words
  var form = root.querySelector("form")
  var what = form.elements.what
  var from = form.elements.from
  var to = form.elements.to
  var others = form.elements.others
  var places = root.querySelector(".explore-places")
  var said = root.querySelector(".explore-said")
  var figure = root.querySelector(".explore-chart")
  var table = root.querySelector(".explore-table")
  var PREFERRED = 0
  var RIVAL = 1
  var DEPRECATED = 3
  var SHAPES = ["circle", "square", "triangle", "diamond"]
  var COLOURS = ["--us", "--partly", "--contradicted", "--leaf", "--muted", "--co"]
  var shown = { rows: [] }

  function made(name, attributes, content) {
    var space = /^(svg|g|path|line|text|tspan|title)$/.test(name)
    var element = space
      ? document.createElementNS("http://www.w3.org/2000/svg", name)
      : document.createElement(name)
    return filled(element, attributes, content)
  }

  function filled(element, attributes, content) {
    Object.entries(attributes || {}).forEach(function (pair) {
      element.setAttribute(pair[0], pair[1])
    })
    ;[].concat(content === undefined ? [] : content).forEach(function (part) {
      element.append(part)
    })
    return element
  }

  /* --------------------------------------------------------- the data */

  function read(row) {
    var low = row[6] === "" ? null : Number(row[6])
    var high = row[7] === "" ? null : Number(row[7])
    return {
      area: row[0], period: row[1], when: row[2],
      first: row[3] === null ? row[4] : row[3],
      last: row[4] === null ? data.last : row[4],
      exact: [row[5], row[6], row[7]],
      value: row[5] === "" ? null : Number(row[5]), low: low, high: high,
      text: row[8], standing: row[9], source: row[10], who: row[11], anchor: row[12], status: row[13]
    }
  }

  function middle(row) {
    return row.value === null ? (row.low + row.high) / 2 : row.value
  }

  function rowsOf(id) {
    return data.series[id].rows.map(read)
  }

  function areasOf(rows) {
    var found = new Map()
    rows.forEach(function (row) {
      found.set(row.area, (found.get(row.area) || 0) + 1)
    })
    // Countries first, then by how much there is.
    return [...found.keys()].sort(function (a, b) {
      return data.areas[b][2] - data.areas[a][2] || found.get(b) - found.get(a)
    })
  }

  function address(row) {
    var link = document.querySelector("[data-series='" + what.value + "'] a")
    return link.getAttribute("href").split("#")[0] + "#" + row.anchor
  }

  /* --------------------------------------------------------- the form */

  document.querySelectorAll(".explore-list[data-theme]").forEach(function (list) {
    var group = made("optgroup", { label: list.dataset.theme })
    list.querySelectorAll("[data-series]").forEach(function (item) {
      var id = item.dataset.series
      if (data.series[id]) group.append(made("option", { value: id }, data.series[id].title))
    })
    what.append(group)
  })

  function years(rows) {
    var first = Math.min(...rows.map(function (row) { return Math.round(row.first) }))
    var last = Math.max(...rows.map(function (row) { return Math.round(row.last) }))
    return [first, last]
  }

  function offer(chosen) {
    var rows = rowsOf(what.value)
    var known = areasOf(rows)
    var picked = (chosen.places || []).filter(function (code) { return known.includes(code) })
    if (!picked.length) {
      picked = known.filter(function (code) { return data.areas[code][2] }).slice(0, 3)
    }
    if (!picked.length) picked = known.slice(0, 3)
    places.replaceChildren(
      ...known.map(function (code) {
        var box = made("input", { type: "checkbox", name: "place", value: code })
        box.checked = picked.includes(code)
        return made("label", {}, [box, " ", data.areas[code][0]])
      })
    )
    var ends = years(rows)
    ;[from, to].forEach(function (select, side) {
      var options = []
      for (var year = ends[0]; year <= ends[1]; year++) {
        options.push(made("option", { value: year }, String(year)))
      }
      select.replaceChildren(...options)
      var wanted = chosen.years && chosen.years[side]
      select.value = wanted >= ends[0] && wanted <= ends[1] ? wanted : ends[side]
    })
  }

  function picked() {
    return [...form.querySelectorAll("[name=place]:checked")].map(function (box) { return box.value })
  }

  /* ------------------------------------------------------ the address */

  function chosen() {
    var given = new URLSearchParams(location.hash.slice(1))
    var id = given.get("series")
    if (!id || !Object.hasOwn(data.series, id)) return null
    return {
      series: id,
      places: (given.get("places") || "").split(","),
      years: (given.get("years") || "").split("-").map(Number),
      others: given.get("others") !== "no"
    }
  }

  function written() {
    var parts = ["series=" + what.value, "places=" + picked().join(",")]
    parts.push("years=" + from.value + "-" + to.value)
    if (!others.checked) parts.push("others=no")
    return "#" + parts.join("&")
  }

  function restore() {
    var given = chosen()
    // The part of the address may also be a heading of this page.
    if (location.hash && !given) return false
    what.value = given ? given.series : what.options[0].value
    offer(given || {})
    others.checked = given ? given.others : true
    return true
  }

  /* -------------------------------------------------------- the chart */

  function number(value) {
    var parts = String(Number(value.toPrecision(12))).replace("-", "\u2212").split(".")
    var digits = parts[0].replace("\u2212", "").length
    if (digits >= data.number.group[1]) {
      parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, data.number.group[0])
    }
    return parts.join(data.number.point)
  }

  function ticks(low, high, wanted) {
    var raw = (high - low) / wanted || 1
    var power = Math.pow(10, Math.floor(Math.log10(raw)))
    var step = [1, 2, 5, 10].find(function (n) { return n * power >= raw }) * power
    var found = []
    for (var n = Math.floor(low / step); n * step < high + step; n++) found.push(n * step)
    return found
  }

  function yearTicks(first, last, width) {
    var step = [1, 2, 5, 10, 20, 50].find(function (n) {
      return ((last - first) / n + 1) * 46 <= width
    }) || 100
    var found = []
    for (var year = Math.ceil(first / step) * step; year <= last; year += step) found.push(year)
    return found
  }

  function mark(shape, x, y, r) {
    var d = {
      circle: "M" + (x - r) + "," + y + "a" + r + "," + r + " 0 1 0 " + 2 * r + ",0a" + r + "," + r + " 0 1 0 " + -2 * r + ",0Z",
      square: "M" + (x - r) + "," + (y - r) + "h" + 2 * r + "v" + 2 * r + "h" + -2 * r + "Z",
      triangle: "M" + x + "," + (y - 1.2 * r) + "l" + 1.2 * r + "," + 2.2 * r + "h" + -2.4 * r + "Z",
      diamond: "M" + x + "," + (y - 1.4 * r) + "l" + 1.4 * r + "," + 1.4 * r + "l" + -1.4 * r + "," + 1.4 * r + "l" + -1.4 * r + "," + -1.4 * r + "Z"
    }
    return made("path", { d: d[shape], class: "explore-mark" })
  }

  function styleOf(codes) {
    var styles = new Map()
    var taken = new Set()
    var next = 0
    codes.forEach(function (code, index) {
      var own = data.areas[code][1].replace("area--", "--")
      var colour = own && !taken.has(own) ? own : COLOURS[next++ % COLOURS.length]
      taken.add(colour)
      styles.set(code, { colour: "var(" + colour + ")", shape: SHAPES[index % SHAPES.length] })
    })
    return styles
  }

  // Which values a line may join: whole years, one after the other, counted alike.
  function runs(rows, breaks) {
    var found = []
    rows.forEach(function (row) {
      var before = found.length && found[found.length - 1].at(-1)
      var whole = row.first === row.last && Number.isInteger(row.first)
      var broken = row.status === "break" || breaks.some(function (b) { return b[0] === row.first })
      if (before && whole && before.last + 1 === row.first && !broken) found.at(-1).push(row)
      else found.push([row])
    })
    return found
  }

  function place(labels, gap) {
    labels.sort(function (a, b) { return a.y - b.y })
    for (var turn = 0; turn < 30; turn++) {
      for (var n = 1; n < labels.length; n++) {
        var short = gap - (labels[n].y - labels[n - 1].y)
        if (short > 0) {
          labels[n - 1].y -= short / 2
          labels[n].y += short / 2
        }
      }
    }
    return labels
  }

  function draw(rows, codes) {
    var width = Math.max(280, Math.floor(figure.clientWidth))
    var wide = width >= 600
    var height = wide ? 400 : 320
    var styles = styleOf(codes)
    var values = rows.flatMap(function (row) {
      return [row.value, row.low, row.high].filter(function (n) { return n !== null })
    })
    var scale = ticks(Math.min(0, ...values), Math.max(...values, 0) || 1, wide ? 5 : 4)
    var longest = Math.max(...codes.map(function (code) { return data.areas[code][0].length }))
    var margin = {
      top: 18,
      right: wide ? Math.min(230, longest * 7.4 + 22) : 16,
      bottom: 30,
      left: 14 + 7.6 * Math.max(...scale.map(function (n) { return number(n).length }))
    }
    var first = Number(from.value)
    var last = Number(to.value)
    var inner = width - margin.left - margin.right
    function x(year) {
      var span = last - first + 1
      return margin.left + ((Math.min(Math.max(year, first - 0.5), last + 0.5) - first + 0.5) / span) * inner
    }
    function y(value) {
      var share = (value - scale[0]) / (scale.at(-1) - scale[0])
      return margin.top + (1 - share) * (height - margin.top - margin.bottom)
    }
    var svg = made("svg", {
      viewBox: "0 0 " + width + " " + height, role: "group", class: "explore-svg",
      "aria-labelledby": "explore-title", "aria-describedby": "explore-keys"
    })
    scale.forEach(function (n) {
      svg.append(made("line", { class: n ? "explore-grid" : "explore-zero", x1: margin.left, x2: width - margin.right, y1: y(n), y2: y(n) }))
      svg.append(made("text", { class: "explore-tick", x: margin.left - 8, y: y(n) + 4, "text-anchor": "end", "aria-hidden": "true" }, number(n)))
    })
    yearTicks(first, last, inner).forEach(function (year) {
      svg.append(made("text", { class: "explore-tick", x: x(year), y: height - 8, "text-anchor": "middle", "aria-hidden": "true" }, String(year)))
    })
    var ends = []
    var breaks = data.series[what.value].breaks
    codes.forEach(function (code) {
      var own = rows.filter(function (row) { return row.area === code })
      var kept = own.filter(function (row) { return row.standing === PREFERRED })
      var group = made("g", { class: "explore-series" })
      group.style.setProperty("--series", styles.get(code).colour)
      ;(breaks[code] || []).forEach(function (item) {
        if (item[0] <= first || item[0] > last) return
        group.append(made("line", { class: "explore-break", x1: x(item[0] - 0.5), x2: x(item[0] - 0.5), y1: margin.top, y2: height - margin.bottom }, made("title", {}, item[1])))
      })
      runs(kept, breaks[code] || []).forEach(function (run) {
        if (run.length < 2) return
        var d = run.map(function (row, n) { return (n ? "L" : "M") + x(row.first) + "," + y(middle(row)) })
        group.append(made("path", { class: "explore-line", d: d.join("") }))
      })
      own.forEach(function (row) {
        group.append(point(row, styles.get(code).shape, x, y))
      })
      var end = kept.at(-1) || own.at(-1)
      if (end) ends.push({ code: code, y: y(middle(end)) })
      svg.append(group)
    })
    if (wide) {
      place(ends, 19).forEach(function (label) {
        var text = made("text", { class: "explore-label", x: width - margin.right + 12, y: label.y + 5, "aria-hidden": "true" }, data.areas[label.code][0])
        text.style.setProperty("--series", styles.get(label.code).colour)
        svg.append(text)
      })
    }
    return { svg: svg, legend: wide ? "" : legend(codes, styles) }
  }

  function point(row, shape, x, y) {
    var link = document.createElementNS("http://www.w3.org/2000/svg", "a")
    filled(link, {
      href: address(row), class: "explore-point" + (row.standing === PREFERRED ? "" : " explore-point--other"),
      tabindex: "-1", "aria-label": spoken(row).join(", ")
    })
    var at = x((row.first + row.last) / 2)
    if (row.first !== row.last) {
      link.append(made("line", { class: "explore-span", x1: x(row.first), x2: x(row.last), y1: y(middle(row)), y2: y(middle(row)) }))
    }
    if (row.low !== null && row.high !== null) {
      link.append(made("line", { class: "explore-range", x1: at, x2: at, y1: y(row.low), y2: y(row.high) }))
    }
    link.append(mark(shape, at, y(middle(row)), row.standing === PREFERRED ? 4 : 4.5))
    link.append(filled(mark("circle", at, y(middle(row)), 12), { class: "explore-reach" }))
    link.row = row
    return link
  }

  function legend(codes, styles) {
    return made("ul", { class: "explore-legend" }, codes.map(function (code) {
      var sign = made("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" }, mark(styles.get(code).shape, 7, 7, 4))
      var item = made("li", {}, [sign, " ", data.areas[code][0]])
      item.style.setProperty("--series", styles.get(code).colour)
      return item
    }))
  }

  function flags(row) {
    var found = []
    if (row.standing === RIVAL) found.push(words.disagrees)
    if (row.standing === DEPRECATED) found.push(words.deprecated)
    if (row.status) found.push(data.status[row.status])
    return found
  }

  function spoken(row) {
    return [data.areas[row.area][0], row.when, row.text, row.who, ...flags(row)]
  }

  /* --------------------------------------- values by pointer and keys */

  var card = made("div", { class: "explore-card", hidden: "" })

  function explain(link) {
    var row = link.row
    card.replaceChildren(
      made("strong", {}, row.text),
      made("span", {}, data.areas[row.area][0] + ", " + row.when),
      made("span", {}, row.who),
      ...flags(row).map(function (flag) { return made("em", {}, flag) })
    )
    card.hidden = false
    var box = figure.getBoundingClientRect()
    var spot = link.querySelector(".explore-mark").getBoundingClientRect()
    var left = spot.left - box.left + spot.width / 2 - card.offsetWidth / 2
    card.style.left = Math.max(0, Math.min(left, box.width - card.offsetWidth)) + "px"
    var above = spot.top - box.top - card.offsetHeight - 12
    card.style.top = (above > 0 ? above : spot.bottom - box.top + 12) + "px"
  }

  function pointOf(event) {
    return event.target.closest && event.target.closest(".explore-point")
  }

  figure.addEventListener("pointerover", function (event) {
    var link = pointOf(event)
    if (link) explain(link)
    else if (!figure.contains(document.activeElement)) card.hidden = true
  })
  figure.addEventListener("pointerleave", function () { card.hidden = true })
  figure.addEventListener("focusin", function (event) {
    var link = pointOf(event)
    if (!link) return
    figure.querySelectorAll(".explore-point[tabindex='0']").forEach(function (old) { old.setAttribute("tabindex", "-1") })
    link.setAttribute("tabindex", "0")
    explain(link)
  })
  figure.addEventListener("focusout", function () { card.hidden = true })
  figure.addEventListener("keydown", function (event) {
    var link = pointOf(event)
    if (event.key === "Escape") card.hidden = true
    var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    var all = [...figure.querySelectorAll(".explore-point")]
    if (!link || (!step && event.key !== "Home" && event.key !== "End")) return
    event.preventDefault()
    var next = step ? all.indexOf(link) + step : event.key === "Home" ? 0 : all.length - 1
    all[Math.max(0, Math.min(next, all.length - 1))].focus()
  })

  /* -------------------------------------------------------- the table */

  function listed(rows) {
    var names = ["place", "period", "value", "source", "notes"]
    var head = made("tr", {}, names.map(function (name) { return made("th", { scope: "col" }, words[name]) }))
    var body = rows.map(function (row) {
      var link = made("a", { href: address(row), class: "figure" }, row.text)
      return made("tr", { class: row.standing === PREFERRED ? "" : "explore-other" }, [
        made("th", { scope: "row" }, data.areas[row.area][0]),
        made("td", {}, row.when),
        made("td", { class: "num" }, link),
        made("td", {}, row.who),
        made("td", {}, flags(row).join("; "))
      ])
    })
    var caption = made("caption", {}, words.table + ": " + data.series[what.value].title)
    var whole = made("table", {}, [caption, made("thead", {}, head), made("tbody", {}, body)])
    return made("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": words.table }, whole)
  }

  /* --------------------------------------------------------- the file */

  // A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text.
  function harmless(cell) {
    return /^[=@\t\r]|^[+-](?!\d)/.test(cell) ? "'" + cell : cell
  }

  function cell(text) {
    var safe = harmless(String(text))
    return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe
  }

  function csv(rows) {
    var id = what.value
    var lines = rows.map(function (row) {
      var given = {
        id: [id, row.area, row.period, row.source].join("/"), indicator: id, area: row.area,
        period: row.period, value: row.exact[0], low: row.exact[1], high: row.exact[2],
        unit: data.series[id].code, source: row.source
      }
      return data.columns.map(function (name) { return given[name] })
        .concat(["preferred", "rival", "same", "deprecated"][row.standing], data.areas[row.area][0], row.who)
    })
    lines.unshift(data.columns.concat("standing", "place", "stated_by"))
    return lines.map(function (line) { return line.map(cell).join(",") + "\n" }).join("")
  }

  function save() {
    var file = new Blob([csv(shown.rows)], { type: "text/csv;charset=utf-8" })
    var link = made("a", { href: URL.createObjectURL(file), download: [what.value, picked().join("-"), from.value, to.value].join("_") + ".csv" })
    link.click()
    setTimeout(function () { URL.revokeObjectURL(link.href) }, 1000)
  }

  /* ------------------------------------------------------ all of it */

  function show() {
    var codes = picked()
    var low = Number(from.value) - 0.5
    var high = Number(to.value) + 0.5
    var series = data.series[what.value]
    var rows = rowsOf(what.value).filter(function (row) {
      var wanted = others.checked || row.standing === PREFERRED
      return wanted && codes.includes(row.area) && row.last >= low && row.first <= high
    })
    codes = codes.filter(function (code) { return rows.some(function (row) { return row.area === code }) })
    shown = { rows: rows }
    var many = words[rows.length === 1 ? "values-n-one" : "values-n-many"].replace("{n}", rows.length)
    var count = rows.length ? series.title + ": " + many : words.empty
    said.textContent = count
    root.querySelector("[name=save]").disabled = !rows.length
    if (!rows.length) {
      figure.hidden = true
      return table.replaceChildren()
    }
    figure.hidden = false
    var plotted = rows.filter(function (row) { return row.standing !== DEPRECATED && row.standing !== 2 })
    var head = [
      made("p", { class: "chart-title", id: "explore-title" }, series.title),
      made("p", { class: "chart-subtitle" }, series.says + " " + series.unit[0].toUpperCase() + series.unit.slice(1) + ".")
    ]
    figure.replaceChildren(made("figcaption", {}, head))
    if (plotted.length) {
      var drawing = draw(plotted, codes)
      figure.append(drawing.svg, drawing.legend)
      var start = figure.querySelector(".explore-point")
      if (start) start.setAttribute("tabindex", "0")
    }
    var notes = Object.entries(series.breaks).filter(function (pair) { return codes.includes(pair[0]) })
      .flatMap(function (pair) { return pair[1].filter(function (item) { return item[0] > low && item[0] < high }) })
      .map(function (item) { return item[1].replace(/\.?$/, ".") })
    figure.append(
      made("p", { class: "chart-note" }, [words.open].concat(notes).join(" ")),
      made("p", { class: "chart-note explore-keys", id: "explore-keys" }, words.keys),
      card
    )
    card.hidden = true
    table.replaceChildren(listed(rows))
  }

  function change() {
    if (Number(from.value) > Number(to.value)) to.value = from.value
    history.replaceState(null, "", written())
    show()
  }

  what.addEventListener("change", function () { offer({ places: picked() }) })
  form.addEventListener("change", change)
  form.addEventListener("submit", function (event) { event.preventDefault() })
  root.querySelector("[name=save]").addEventListener("click", save)
  root.querySelector("[name=link]").addEventListener("click", function () {
    var home = document.querySelector(".share-link")
    var base = home ? home.href : location.href.split("#")[0]
    var told = function () { said.textContent = words.selection }
    if (navigator.clipboard) navigator.clipboard.writeText(base + written()).then(told, function () {})
  })
  addEventListener("hashchange", function () { if (restore()) show() })
  root.hidden = false
  if (!restore()) {
    what.value = what.options[0].value
    offer({})
  }
  show()
  var before = figure.clientWidth
  new ResizeObserver(function () {
    if (!figure.hidden && Math.abs(figure.clientWidth - before) > 1) {
      before = figure.clientWidth
      show()
    }
  }).observe(figure)
})()
