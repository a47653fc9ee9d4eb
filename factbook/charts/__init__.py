"""The charts: one module each, drawn by Altair, kept as SVG with words and table.

A chart module declares ``ID`` and ``INDICATORS`` as literals and offers
``chart(dataset, language) -> Chart``, a pure function. The machinery beside them:

- :mod:`~factbook.charts.drawing` the finished chart as plain data; :mod:`~factbook.charts.store`
  reads it for pages and editions; :mod:`~factbook.charts.keys` knows what it depends on;
- :mod:`~factbook.charts.plot` what a chart module returns and the plain arithmetic of series;
  :mod:`~factbook.charts.describe` sentences about them; :mod:`~factbook.charts.palette` the
  colours; :mod:`~factbook.charts.theme` the drawing vocabulary on top of Altair;
- :mod:`~factbook.charts.pairs` two yearly figures taken together;
  :mod:`~factbook.charts.statements` all that is stated of one thing in one place, rivals and parts
  of years included; :mod:`~factbook.charts.placing` finds room for labels;
- :mod:`~factbook.charts.render` draws what the cache has not; :mod:`~factbook.charts.worker` what
  its processes do; :mod:`~factbook.charts.svg` the finish of the pictures;
- :mod:`~factbook.charts.poster` the picture for download, :mod:`~factbook.charts.card` the one
  for where a page is shared, :mod:`~factbook.charts.pixels` both as PNG;
  :mod:`~factbook.charts.processes` the processes that all of it runs in.

Only chart modules and ``theme`` import Altair, and only a drawing process imports them.
"""
