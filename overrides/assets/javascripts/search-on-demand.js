/*
 * The theme's script and the index it asks for are the heaviest of a page, and
 * all they do here is the search. Most readers never search: both wait until
 * pointer or focus comes to the search, or the address brings a question.
 */
;(function () {
  var waiting = document.getElementById("theme-script")
  var box = document.getElementById("__search")
  var field = document.querySelector(".md-search__input")

  function load() {
    var script = document.createElement("script")
    script.src = waiting.getAttribute("src")
    script.onload = function () {
      // What was typed meanwhile is asked now, for the theme heard no key.
      if (document.activeElement === field) {
        field.dispatchEvent(new Event("focus"))
        field.dispatchEvent(new Event("keyup"))
      }
    }
    waiting.replaceWith(script)
    waiting = null
  }

  function want(event) {
    if (waiting && event.target.closest("[data-md-component=search], [for=__search]")) load()
  }

  if (/[?&]q=/.test(location.search)) return load()
  document.addEventListener("pointerover", want)
  document.addEventListener("focusin", want)
  // A reader who opens the search by its sign goes on typing, sooner than the theme can see to it.
  box.addEventListener("change", function () {
    if (waiting) load()
    if (box.checked) field.focus()
  })
})()
