"""The charts: one module each, drawn by Altair, kept as SVG with words and table.

A chart module declares ``ID`` and ``INDICATORS`` as literals and offers
``chart(dataset, language) -> Chart``, a pure function. The machinery beside them:

- :mod:`~factbook.charts.drawing` the finished chart as plain data; :mod:`~factbook.charts.store`
  reads it for pages and editions; :mod:`~factbook.charts.keys` knows what it depends on;
- :mod:`~factbook.charts.plot` what a chart module returns and the plain arithmetic of series;
  :mod:`~factbook.charts.describe` sentences about them; :mod:`~factbook.charts.palette` the
  colours; :mod:`~factbook.charts.theme` the drawing vocabulary on top of Altair;
- :mod:`~factbook.charts.render` the only writer; :mod:`~factbook.charts.worker` what its processes
  do; :mod:`~factbook.charts.svg` the finish of the pictures.

Only chart modules and ``theme`` import Altair, and only a drawing process imports them.
"""
