/*
 * What CSS cannot do for the cards of figures and terms, and one habit of the
 * theme that would get in the way of people who speak their commands.
 *
 * - Escape puts a card away without moving pointer or focus.
 * - On a touch screen, where nothing hovers, the first tap opens the card and
 *   a link in it leads on.
 * - The theme opens the search on the bare letters f and s and on "/". Single
 *   keys without a modifier misfire under speech input, so they are let pass
 *   to nobody unless a field or the open search wants them.
 * - The list of contents marks the section being read. Browsers that do not do it
 *   themselves open what is folded where an address leads into it, and for print.
 * - What is chosen on the timeline is kept in the address, so that it can be
 *   shared. The choice itself needs no script.
 */
(function () {
  var more = document.currentScript.getAttribute("data-more")
  var touch = false

  function close() {
    document.querySelectorAll(".fact.is-open").forEach(function (fact) {
      fact.classList.remove("is-open")
    })
  }

  document.addEventListener(
    "keydown",
    function (event) {
      var modified = event.ctrlKey || event.metaKey || event.altKey
      var wanted =
        event.target.closest("input, textarea, select, [contenteditable]") ||
        document.getElementById("__search").checked
      if (event.key.length === 1 && event.key !== " " && !modified && !wanted) {
        event.stopPropagation()
      }
    },
    true
  )

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return
    close()
    var facts = document.querySelectorAll(".fact:hover, .fact:focus-within")
    facts.forEach(function (fact) {
      fact.classList.add("is-shut")
      function again() {
        fact.classList.remove("is-shut")
      }
      fact.addEventListener("pointerleave", again, { once: true })
      fact.addEventListener("focusout", again, { once: true })
    })
  })

  document.addEventListener("pointerdown", function (event) {
    touch = event.pointerType === "touch"
  })

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".figure, .term, .rival")
    var fact = event.target.closest(".fact")
    if (!touch || !fact) return close()
    if (!link || fact.classList.contains("is-open")) return
    event.preventDefault()
    close()
    var card = fact.querySelector(".card")
    if (!card.querySelector(".card-more")) {
      var a = document.createElement("a")
      a.className = "card-more"
      a.href = fact.querySelector("a").href
      a.textContent = more
      card.append(a)
    }
    fact.classList.add("is-open")
  })

  var sections = new Map()
  document.querySelectorAll(".toc a").forEach(function (link) {
    var head = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (head) sections.set(head, { link: link, begun: false })
  })
  // A section has begun when its heading is in the upper third of the window, or above it.
  var reading = new IntersectionObserver(
    function (seen) {
      var here
      seen.forEach(function (entry) {
        sections.get(entry.target).begun = entry.isIntersecting
      })
      sections.forEach(function (section) {
        section.link.classList.remove("is-here")
        if (section.begun) here = section.link
      })
      if (here) here.classList.add("is-here")
    },
    { rootMargin: "999999px 0px -67% 0px" }
  )
  sections.forEach(function (section, head) {
    reading.observe(head)
  })

  function unfold() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    var folded = target && target.closest("details:not([open])")
    if (!folded) return
    folded.open = true
    target.scrollIntoView()
  }
  unfold()
  addEventListener("hashchange", function () {
    // What was laid out to lead there stays so: on the way back nothing above may change its height.
    document.documentElement.classList.add("is-led")
    unfold()
  })

  var unfolded = []
  addEventListener("beforeprint", function () {
    unfolded = Array.from(document.querySelectorAll("article details:not([open])"))
    unfolded.forEach(function (folded) {
      folded.open = true
    })
  })
  addEventListener("afterprint", function () {
    unfolded.forEach(function (folded) {
      folded.open = false
    })
  })

  var choice = document.querySelector(".timeline-choice")
  if (choice) {
    var asked = new URLSearchParams(location.search)
    choice.querySelectorAll("input").forEach(function (input) {
      if (asked.get(input.name) === input.value) input.checked = true
    })
    choice.addEventListener("change", function () {
      var query = new URLSearchParams()
      choice.querySelectorAll("input:checked").forEach(function (input) {
        if (input.value !== "all") query.set(input.name, input.value)
      })
      var kept = query.toString() ? "?" + query : ""
      history.replaceState(history.state, "", location.pathname + kept + location.hash)
    })
  }
})()
