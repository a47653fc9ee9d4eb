/*
 * Copying and citing, for readers whose browser runs scripts; everything here
 * adds to a page that is whole without it.
 *
 * - A link to a heading, a row or a chart copies its address as it leads there.
 * - Each form of a citation gets a button that copies it.
 * - The row of the data that is pointed at gets a button that shows how to cite it and a link to
 *   the line where it is corrected; its value, a link, brings the keyboard to them.
 * - Where the device can share, so can the page.
 *
 * Nothing is sent anywhere and nothing is stored.
 */
window.leafAndLaw = window.leafAndLaw || {}
;(function () {
  var says = document.currentScript.dataset
  var page = document.querySelector(".share-link")
  var status = document.createElement("p")
  status.className = "said"
  status.setAttribute("role", "status")
  document.body.append(status)
  var quiet

  /* ------------------------------------------------------------ copying */

  function announce(text) {
    clearTimeout(quiet)
    status.textContent = ""
    // A fresh text in the next moment, so that the same words are said again.
    requestAnimationFrame(function () {
      status.textContent = text
    })
    quiet = setTimeout(function () {
      status.textContent = ""
    }, 4000)
  }

  function copied(text, words) {
    if (!navigator.clipboard) return announce(says.refused)
    navigator.clipboard.writeText(text).then(
      function () {
        announce(words)
      },
      function () {
        announce(says.refused)
      }
    )
  }

  function addressOf(anchor) {
    var base = page ? page.href : location.href.split("#")[0]
    return anchor ? base + "#" + anchor : base
  }

  function anchorOf(link) {
    var own = link.hash && link.href.split("#")[0] === location.href.split("#")[0]
    if (own || link.href === addressOf(decodeURIComponent(link.hash.slice(1)))) {
      return decodeURIComponent(link.hash.slice(1))
    }
    return ""
  }

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    var link = event.target.closest(".headerlink, .observations a[href^='#'], .share-link, figure.chart a[href*='#chart-']")
    if (!link) return
    if (link === page) {
      event.preventDefault()
      return copied(addressOf(""), says.link)
    }
    var anchor = anchorOf(link)
    if (anchor) copied(addressOf(anchor), says.link)
  })

  function button(text, name, act) {
    var made = document.createElement("button")
    made.type = "button"
    made.className = name
    made.textContent = text
    made.addEventListener("click", act)
    return made
  }

  function withButtons(forms) {
    forms.querySelectorAll("dd[data-form]").forEach(function (form) {
      var name = form.previousElementSibling
      var copy = button(says.copy, "quiet", function () {
        copied(form.textContent, says.copied)
      })
      copy.setAttribute("aria-label", says.copy + ": " + name.textContent)
      name.append(" ", copy)
    })
    return forms
  }

  // A part that is closed gets its buttons when it is opened: till then nobody pays for them.
  document.querySelectorAll(".cite-forms").forEach(function (forms) {
    var part = forms.closest("details:not([open])")
    if (!part) return withButtons(forms)
    part.addEventListener(
      "toggle",
      function () {
        withButtons(forms)
      },
      { once: true }
    )
  })

  /* ------------------------------------------------------------ sharing */

  if (page && navigator.share) {
    var item = document.createElement("li")
    item.append(
      button(says.share, "quiet", function () {
        navigator.share({ title: document.title, url: addressOf("") }).catch(function () {})
      })
    )
    page.closest("ul").append(item)
  }

  /* ------------------------------------------------------- citing a row */

  var how = document.querySelector("details[data-entries]")
  if (!how) return
  var known = new Map()
  var wanted
  var dialog

  // Called by the scripts with the entries of one series, which load when asked for.
  leafAndLaw.cite = function (series, given) {
    known.set(series, new Map(Object.entries(given)))
    if (wanted && wanted.series === series) show(wanted.row)
  }

  function ask(row) {
    var section = row.closest(".indicator").dataset
    wanted = { row: row, series: section.indicator || section.derived }
    if (known.has(wanted.series)) return show(row)
    var script = document.createElement("script")
    script.src = how.dataset.entries + wanted.series + ".js"
    script.onerror = function () {
      announce(says.missing)
    }
    document.head.append(script)
  }

  function show(row) {
    var entry = known.get(wanted.series).get(row.id)
    wanted = undefined
    if (!entry) return announce(says.missing)
    if (!dialog) {
      dialog = document.createElement("dialog")
      dialog.className = "cite-dialog cite-how"
      dialog.setAttribute("aria-labelledby", "cite-dialog-title")
      document.querySelector(".md-typeset").append(dialog)
    }
    var head = document.createElement("p")
    head.id = "cite-dialog-title"
    head.textContent = says.cite
    var forms = how.querySelector(".cite-forms").cloneNode(true)
    forms.querySelectorAll("button").forEach(function (old) {
      old.remove()
    })
    forms.querySelectorAll("dd[data-form]").forEach(function (form) {
      form.querySelector("code").textContent = entry[form.dataset.form].trimEnd()
    })
    var close = button(says.close, "quiet", function () {
      dialog.close()
    })
    var link = button(says.share_link, "quiet", function () {
      copied(addressOf(row.id), says.link)
    })
    dialog.replaceChildren(head, withButtons(forms), link, " ", close)
    // Inside the dialog, for what lies behind it is not read out.
    dialog.append(status)
    dialog.addEventListener(
      "close",
      function () {
        document.body.append(status)
      },
      { once: true }
    )
    dialog.showModal()
  }

  // Of rows that follow one another in their file too only the first says its line.
  function lineOf(row) {
    var rows = Array.from(row.closest(".indicator").querySelectorAll("tr[id]"))
    var at = rows.indexOf(row)
    for (var said = at; said >= 0; said--) {
      if (rows[said].dataset.line) return Number(rows[said].dataset.line) + at - said
    }
  }

  // Made for the row at hand only: the longest page has more than a thousand.
  function equip(row) {
    if (row.querySelector(".row-tools")) return
    var tools = document.createElement("span")
    tools.className = "row-tools"
    var cite = button(says.cite, "quiet cite-row", function () {
      ask(row)
    })
    cite.title = says.cite
    tools.append(cite)
    var file = row.closest(".indicator").dataset.edit
    var line = file && lineOf(row)
    if (line) {
      var link = document.createElement("a")
      link.className = "correct"
      link.href = file + "#L" + line
      link.rel = "noopener external nofollow"
      link.textContent = link.title = says.correct
      tools.append(link)
    }
    row.cells[1].append(tools)
    row.classList.add("is-equipped")
  }

  ;["pointerover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var row = event.target.closest && event.target.closest(".observations tr[id]")
      if (row) equip(row)
    })
  })
})()
