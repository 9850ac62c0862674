# The API. Built from the top of the repository: docker build -f docker/api.Dockerfile .
FROM node:24-slim AS build
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json ./
COPY packages/shared/package.json packages/shared/
COPY packages/api/package.json packages/api/
# The image's own Node is the pinned one, so the copy from npm is left out.
RUN npx -y pnpm@10.34.9 install --frozen-lockfile --ignore-scripts --filter @mailroom/shared --filter @mailroom/api
COPY packages/shared packages/shared
COPY packages/api packages/api
RUN npm --prefix packages/shared run build && npm --prefix packages/api run build
RUN npx -y pnpm@10.34.9 --filter @mailroom/api --prod --legacy --ignore-scripts deploy /deploy

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /deploy/node_modules node_modules
COPY --from=build /deploy/package.json package.json
COPY --from=build /app/packages/api/dist dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
CMD ["node", "dist/main.js"]
